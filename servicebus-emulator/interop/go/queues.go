package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/messaging/azservicebus"
)

// fixture is what a check of one queue works with.
type fixture struct {
	client   *azservicebus.Client
	queue    string
	sender   *azservicebus.Sender
	receiver *azservicebus.Receiver
}

func queueCheck(feature, queue string, options *azservicebus.ReceiverOptions, run func(context.Context, fixture)) check {
	return check{feature, func(ctx context.Context) {
		client := connect()
		defer client.Close(ctx)
		run(ctx, fixture{client, queue, must(client.NewSender(queue, nil)), must(client.NewReceiverForQueue(queue, options))})
	}}
}

// send sends each text as a message.
func (f fixture) send(ctx context.Context, texts ...string) {
	for _, text := range texts {
		succeed(f.sender.SendMessage(ctx, &azservicebus.Message{Body: []byte(text)}, nil))
	}
}

func (f fixture) complete(ctx context.Context, messages ...*azservicebus.ReceivedMessage) {
	for _, message := range messages {
		succeed(f.receiver.CompleteMessage(ctx, message, nil))
	}
}

func (f fixture) deadLetters() *azservicebus.Receiver {
	return must(f.client.NewReceiverForQueue(f.queue, &azservicebus.ReceiverOptions{
		ReceiveMode: azservicebus.ReceiveModeReceiveAndDelete,
		SubQueue:    azservicebus.SubQueueDeadLetter,
	}))
}

var queueChecks = []check{
	queueCheck("send: one message with all properties", "send", nil, func(ctx context.Context, f fixture) {
		sent := &azservicebus.Message{
			Body:                  []byte("body"),
			MessageID:             to.Ptr("id"),
			CorrelationID:         to.Ptr("correlation"),
			ContentType:           to.Ptr("text/plain"),
			Subject:               to.Ptr("subject"),
			To:                    to.Ptr("to"),
			ReplyTo:               to.Ptr("reply-to"),
			ReplyToSessionID:      to.Ptr("reply-to-session"),
			PartitionKey:          to.Ptr("partition"),
			TimeToLive:            to.Ptr(time.Minute),
			ApplicationProperties: map[string]any{"text": "a", "integer": int64(42), "fraction": 1.5, "yes": true, "none": nil, "bytes": []byte{0, 255}},
		}
		succeed(f.sender.SendMessage(ctx, sent, nil))
		message := receiveOne(ctx, f.receiver)
		received := message.Message()
		expectEqual(received.ApplicationProperties, sent.ApplicationProperties)
		expectEqual(received, sent)
		expectEqual(message.DeliveryCount, uint32(1))
		expectEqual(message.State, azservicebus.MessageStateActive)
		expectEqual(*message.ExpiresAt, message.EnqueuedTime.Add(time.Minute))
		expect(*message.SequenceNumber > 0 && message.LockedUntil.After(time.Now()), "not locked: %v", message)
		f.complete(ctx, message)
	}),
	queueCheck("send: data, value and sequence bodies", "bodies", nil, func(ctx context.Context, f fixture) {
		for _, body := range []azservicebus.AMQPAnnotatedMessageBody{
			{Data: [][]byte{[]byte("one"), []byte("two")}},
			{Value: "text"},
			{Value: map[string]any{"nested": []any{int64(1), "two"}}},
			{Sequence: [][]any{{int64(1), "two"}, {"three"}}},
		} {
			succeed(f.sender.SendAMQPAnnotatedMessage(ctx, &azservicebus.AMQPAnnotatedMessage{
				Body:               body,
				Header:             &azservicebus.AMQPAnnotatedMessageHeader{Priority: 7, Durable: true},
				MessageAnnotations: map[any]any{"mine": "kept"},
				Footer:             map[any]any{"crc": "footer"},
			}, nil))
			message := receiveOne(ctx, f.receiver)
			expectEqual(message.RawAMQPMessage.Body, body)
			expectEqual(message.RawAMQPMessage.MessageAnnotations["mine"], "kept")
			expectEqual(message.RawAMQPMessage.Footer["crc"], "footer")
			expectEqual(message.RawAMQPMessage.Header.Priority, uint8(7))
			f.complete(ctx, message)
		}
	}),
	queueCheck("send: batches, first in first out", "batches", nil, func(ctx context.Context, f fixture) {
		batch := must(f.sender.NewMessageBatch(ctx, nil))
		var expected []string
		for i := range 500 {
			expected = append(expected, fmt.Sprint(i))
			succeed(batch.AddMessage(&azservicebus.Message{Body: []byte(expected[i]), MessageID: &expected[i]}, nil))
		}
		succeed(f.sender.SendMessageBatch(ctx, batch, nil))
		messages := receive(ctx, f.receiver, 500)
		expectEqual(bodies(messages), expected)
		f.complete(ctx, messages...)
	}),
	queueCheck("send: large messages, full batches, sizes above the limit", "sizes", deleting, func(ctx context.Context, f fixture) {
		batch := must(f.sender.NewMessageBatch(ctx, nil))
		body := make([]byte, 10_000)
		for batch.AddMessage(&azservicebus.Message{Body: body}, nil) == nil {
		}
		expect(batch.NumMessages() >= 20, "only %d messages fit", batch.NumMessages())
		succeed(f.sender.SendMessageBatch(ctx, batch, nil))
		large := bytes.Repeat([]byte{1}, 200_000)
		succeed(f.sender.SendMessage(ctx, &azservicebus.Message{Body: large}, nil))
		err := f.sender.SendMessage(ctx, &azservicebus.Message{Body: make([]byte, 300_000)}, nil)
		expect(errors.Is(err, azservicebus.ErrMessageTooLarge), "expected that it is too large but got %v", err)
		f.send(ctx, "still open")
		for _, message := range receive(ctx, f.receiver, int(batch.NumMessages())) {
			expectEqual(len(message.Body), len(body))
		}
		expectEqual(receiveOne(ctx, f.receiver).Body, large)
		expectEqual(string(receiveOne(ctx, f.receiver).Body), "still open")
	}),
	queueCheck("receive: receive and delete, empty queue", "receive", deleting, func(ctx context.Context, f fixture) {
		f.send(ctx, "1", "2", "3")
		expectEqual(bodies(receive(ctx, f.receiver, 3)), []string{"1", "2", "3"})
		expectNone(ctx, f.receiver)
	}),
	queueCheck("receive: waits for the first message", "receive", nil, func(ctx context.Context, f fixture) {
		time.AfterFunc(300*time.Millisecond, func() { f.send(ctx, "late") })
		message := receiveOne(ctx, f.receiver)
		expectEqual(string(message.Body), "late")
		f.complete(ctx, message)
	}),
	queueCheck("settle: complete, abandon with properties", "settle", nil, func(ctx context.Context, f fixture) {
		succeed(f.sender.SendMessage(ctx, &azservicebus.Message{ApplicationProperties: map[string]any{"kept": int64(1), "changed": "before"}}, nil))
		succeed(f.receiver.AbandonMessage(ctx, receiveOne(ctx, f.receiver), &azservicebus.AbandonMessageOptions{
			PropertiesToModify: map[string]any{"changed": "after", "added": true},
		}))
		again := receiveOne(ctx, f.receiver)
		expectEqual(again.DeliveryCount, uint32(2))
		expectEqual(again.ApplicationProperties, map[string]any{"kept": int64(1), "changed": "after", "added": true})
		f.complete(ctx, again)
		expectNone(ctx, f.receiver)
	}),
	queueCheck("settle: from another receiver than the one it came to", "settle", nil, func(ctx context.Context, f fixture) {
		f.send(ctx, "1", "2")
		messages := receive(ctx, f.receiver, 2)
		succeed(f.receiver.Close(ctx))
		f.receiver = must(f.client.NewReceiverForQueue(f.queue, nil))
		f.complete(ctx, messages...)
		expectNone(ctx, f.receiver)
	}),
	queueCheck("defer: receive by sequence number, then settle", "defer", nil, func(ctx context.Context, f fixture) {
		f.send(ctx, "a", "b")
		var numbers []int64
		for _, message := range receive(ctx, f.receiver, 2) {
			numbers = append(numbers, *message.SequenceNumber)
			succeed(f.receiver.DeferMessage(ctx, message, &azservicebus.DeferMessageOptions{PropertiesToModify: map[string]any{"why": "later"}}))
		}
		expectNone(ctx, f.receiver)
		deferred := must(f.receiver.ReceiveDeferredMessages(ctx, numbers, nil))
		expectEqual(bodies(deferred), []string{"a", "b"})
		expectEqual(deferred[0].State, azservicebus.MessageStateDeferred)
		expectEqual(deferred[0].ApplicationProperties["why"], "later")
		succeed(f.receiver.RenewMessageLock(ctx, deferred[0], nil))
		f.complete(ctx, deferred[0])
		succeed(f.receiver.AbandonMessage(ctx, deferred[1], nil))
		still := must(f.receiver.ReceiveDeferredMessages(ctx, numbers[1:], nil))
		succeed(f.receiver.DeadLetterMessage(ctx, still[0], &azservicebus.DeadLetterOptions{Reason: to.Ptr("deferred")}))
		_, err := f.receiver.ReceiveDeferredMessages(ctx, numbers[1:], nil)
		expectCode(azservicebus.CodeNotFound, err)
	}),
	queueCheck("dead-letter: reason, description, properties", "dead-letters", nil, func(ctx context.Context, f fixture) {
		f.send(ctx, "a")
		succeed(f.receiver.DeadLetterMessage(ctx, receiveOne(ctx, f.receiver), &azservicebus.DeadLetterOptions{
			Reason:             to.Ptr("reason"),
			ErrorDescription:   to.Ptr("description"),
			PropertiesToModify: map[string]any{"extra": int64(1)},
		}))
		expectNone(ctx, f.receiver)
		dead := receiveOne(ctx, f.deadLetters())
		expectEqual(*dead.DeadLetterReason, "reason")
		expectEqual(*dead.DeadLetterErrorDescription, "description")
		expectEqual(dead.ApplicationProperties["extra"], int64(1))
	}),
	queueCheck("dead-letter: too many deliveries", "deliveries", nil, func(ctx context.Context, f fixture) {
		f.send(ctx, "a")
		succeed(f.receiver.AbandonMessage(ctx, receiveOne(ctx, f.receiver), nil))
		succeed(f.receiver.AbandonMessage(ctx, receiveOne(ctx, f.receiver), nil))
		expectNone(ctx, f.receiver)
		expectEqual(*receiveOne(ctx, f.deadLetters()).DeadLetterReason, "MaxDeliveryCountExceeded")
	}),
	queueCheck("peek: pages, from a sequence number, states", "peek", nil, func(ctx context.Context, f fixture) {
		expectEqual(len(must(f.receiver.PeekMessages(ctx, 5, nil))), 0)
		f.send(ctx, "1", "2", "3")
		scheduled := must(f.sender.ScheduleMessages(ctx, []*azservicebus.Message{{Body: []byte("4")}}, time.Now().Add(time.Minute), nil))
		locked := receiveOne(ctx, f.receiver)
		all := append(must(f.receiver.PeekMessages(ctx, 2, nil)), must(f.receiver.PeekMessages(ctx, 5, nil))...)
		expectEqual(bodies(all), []string{"1", "2", "3", "4"})
		expectEqual(all[3].State, azservicebus.MessageStateScheduled)
		from := must(f.receiver.PeekMessages(ctx, 1, &azservicebus.PeekMessagesOptions{FromSequenceNumber: all[2].SequenceNumber}))
		expectEqual(bodies(from), []string{"3"})
		f.complete(ctx, locked)
		succeed(f.sender.CancelScheduledMessages(ctx, scheduled, nil))
	}),
	queueCheck("locks: renewal, loss, redelivery", "locks", nil, func(ctx context.Context, f fixture) {
		f.send(ctx, "a")
		message := receiveOne(ctx, f.receiver)
		before := *message.LockedUntil
		time.Sleep(time.Second)
		succeed(f.receiver.RenewMessageLock(ctx, message, nil))
		expect(message.LockedUntil.After(before), "the lock still ends at %v", before)
		time.Sleep(5500 * time.Millisecond)
		expectCode(azservicebus.CodeLockLost, f.receiver.CompleteMessage(ctx, message, nil))
		expectCode(azservicebus.CodeLockLost, f.receiver.RenewMessageLock(ctx, message, nil))
		again := receiveOne(ctx, f.receiver)
		expectEqual(again.DeliveryCount, uint32(2))
		f.complete(ctx, again)
	}),
	queueCheck("schedule: by property and by call, cancel", "schedule", deleting, func(ctx context.Context, f fixture) {
		due := time.Now().Add(1500 * time.Millisecond)
		succeed(f.sender.SendMessage(ctx, &azservicebus.Message{Body: []byte("property"), ScheduledEnqueueTime: &due}, nil))
		numbers := must(f.sender.ScheduleMessages(ctx, []*azservicebus.Message{{Body: []byte("call")}, {Body: []byte("cancelled")}}, due, nil))
		succeed(f.sender.CancelScheduledMessages(ctx, numbers[1:], nil))
		expectNone(ctx, f.receiver)
		expectEqual(len(receive(ctx, f.receiver, 2)), 2)
		expect(!time.Now().Before(due), "the messages came too early")
		expectNone(ctx, f.receiver)
		expectCode(azservicebus.CodeNotFound, f.sender.CancelScheduledMessages(ctx, numbers[1:], nil))
	}),
	queueCheck("expiry: to the dead-letter queue", "expiry", deleting, func(ctx context.Context, f fixture) {
		succeed(f.sender.SendMessage(ctx, &azservicebus.Message{TimeToLive: to.Ptr(500 * time.Millisecond)}, nil))
		time.Sleep(time.Second)
		expectNone(ctx, f.receiver)
		expectEqual(*receiveOne(ctx, f.deadLetters()).DeadLetterReason, "TTLExpiredException")
	}),
	queueCheck("duplicates: one of two equal message ids", "duplicates", deleting, func(ctx context.Context, f fixture) {
		for _, id := range []string{"go-1", "go-1", "go-2"} {
			succeed(f.sender.SendMessage(ctx, &azservicebus.Message{MessageID: to.Ptr(id), Body: []byte(id)}, nil))
		}
		expectEqual(bodies(receive(ctx, f.receiver, 2)), []string{"go-1", "go-2"})
		expectNone(ctx, f.receiver)
	}),
	queueCheck("forward: from queue to queue", "forward", nil, func(ctx context.Context, f fixture) {
		f.send(ctx, "a")
		message := receiveOne(ctx, must(f.client.NewReceiverForQueue("forwarded", deleting)))
		expect(*message.EnqueuedSequenceNumber >= 1, "no number of the first queue")
	}),
	{"errors: missing entity", func(ctx context.Context) {
		client := connect()
		defer client.Close(ctx)
		expectCode(azservicebus.CodeNotFound, must(client.NewSender("no-such-queue", nil)).SendMessage(ctx, &azservicebus.Message{}, nil))
		missing := must(client.NewReceiverForQueue("no-such-queue", nil))
		_, err := missing.ReceiveMessages(ctx, 1, nil)
		expectCode(azservicebus.CodeNotFound, err)
		_, err = missing.PeekMessages(ctx, 1, nil)
		expectCode(azservicebus.CodeNotFound, err)
	}},
	{"errors: wrong key, unknown key name", func(ctx context.Context) {
		for _, address := range []string{
			connectionString(amqpPort, "RootManageSharedAccessKey", "wrong"),
			connectionString(amqpPort, "unknown", "SAS_KEY_VALUE"),
		} {
			client := connectTo(address)
			err := must(client.NewSender("send", nil)).SendMessage(ctx, &azservicebus.Message{}, nil)
			expectCode(azservicebus.CodeUnauthorizedAccess, err)
			client.Close(ctx)
		}
	}},
	{"reconnect: senders and receivers outlive their connection", func(ctx context.Context) {
		proxy := startProxy()
		defer proxy.Close()
		client := connectTo(connectionString(proxy.port(), "RootManageSharedAccessKey", "SAS_KEY_VALUE"))
		defer client.Close(ctx)
		sender, receiver := must(client.NewSender("reconnect", nil)), must(client.NewReceiverForQueue("reconnect", nil))
		for i := range 3 {
			text := fmt.Sprint(i)
			succeed(sender.SendMessage(ctx, &azservicebus.Message{Body: []byte(text)}, nil))
			message := receiveOne(ctx, receiver)
			expectEqual(string(message.Body), text)
			succeed(receiver.CompleteMessage(ctx, message, nil))
			proxy.cut()
		}
	}},
}
