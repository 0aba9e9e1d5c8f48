package main

import (
	"context"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/messaging/azservicebus"
)

func message(text, color string, size int64) *azservicebus.Message {
	return &azservicebus.Message{
		Body:                  []byte(text),
		SessionID:             to.Ptr("go"),
		ApplicationProperties: map[string]any{"color": color, "size": size},
	}
}

var topicChecks = []check{
	{"topics: each subscription gets what its rules say", func(ctx context.Context) {
		client := connect()
		defer client.Close(ctx)
		sender := must(client.NewSender("topic", nil))
		for _, each := range []*azservicebus.Message{message("1", "red", 1), message("2", "blue", 20), message("3", "red", 20)} {
			succeed(sender.SendMessage(ctx, each, nil))
		}
		for subscription, expected := range map[string][]string{"all": {"1", "2", "3"}, "red": {"1", "3"}, "large": {"3"}} {
			receiver := must(client.NewReceiverForSubscription("topic", subscription, deleting))
			messages := receive(ctx, receiver, len(expected))
			expectEqual(bodies(messages), expected)
			expectEqual(messages[0].ApplicationProperties["large"] == true, subscription == "large")
			expectNone(ctx, receiver)
		}
		session := must(client.AcceptNextSessionForSubscription(ctx, "topic", "sessions", nil))
		expectEqual(session.SessionID(), "go")
		expectEqual(string(receiveOne(ctx, session).Body), "1")
	}},
	{"topics: settle, defer, dead-letter, peek and schedule", func(ctx context.Context) {
		client := connect()
		defer client.Close(ctx)
		sender := must(client.NewSender("topic", nil))
		receiver := must(client.NewReceiverForSubscription("topic", "all", nil))
		succeed(sender.SendMessage(ctx, message("a", "none", 0), nil))
		expectEqual(len(must(receiver.PeekMessages(ctx, 5, nil))), 1)
		deferred := receiveOne(ctx, receiver)
		succeed(receiver.DeferMessage(ctx, deferred, nil))
		again := must(receiver.ReceiveDeferredMessages(ctx, []int64{*deferred.SequenceNumber}, nil))
		succeed(receiver.DeadLetterMessage(ctx, again[0], &azservicebus.DeadLetterOptions{Reason: to.Ptr("reason")}))
		dead := must(client.NewReceiverForSubscription("topic", "all", &azservicebus.ReceiverOptions{
			ReceiveMode: azservicebus.ReceiveModeReceiveAndDelete,
			SubQueue:    azservicebus.SubQueueDeadLetter,
		}))
		expectEqual(*receiveOne(ctx, dead).DeadLetterReason, "reason")
		numbers := must(sender.ScheduleMessages(ctx, []*azservicebus.Message{message("b", "none", 0), message("c", "none", 0)},
			time.Now().Add(time.Second), nil))
		succeed(sender.CancelScheduledMessages(ctx, numbers[1:], nil))
		scheduled := receiveOne(ctx, receiver)
		expectEqual(string(scheduled.Body), "b")
		succeed(receiver.CompleteMessage(ctx, scheduled, nil))
		expectNone(ctx, receiver)
	}},
	{"errors: missing subscription", func(ctx context.Context) {
		client := connect()
		defer client.Close(ctx)
		_, err := must(client.NewReceiverForSubscription("topic", "none", nil)).ReceiveMessages(ctx, 1, nil)
		expectCode(azservicebus.CodeNotFound, err)
	}},
}
