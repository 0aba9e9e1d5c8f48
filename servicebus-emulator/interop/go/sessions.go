package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/messaging/azservicebus"
)

// sessionFixture is what a check of sessions works with: nobody has used the session yet.
type sessionFixture struct {
	client  *azservicebus.Client
	queue   string
	sender  *azservicebus.Sender
	session string
}

func sessionCheck(feature, queue string, run func(context.Context, sessionFixture)) check {
	return check{feature, func(ctx context.Context) {
		client := connect()
		defer client.Close(ctx)
		run(ctx, sessionFixture{client, queue, must(client.NewSender(queue, nil)), fmt.Sprintf("go-%d", time.Now().UnixNano())})
	}}
}

func (f sessionFixture) send(ctx context.Context, session string, texts ...string) {
	for _, text := range texts {
		succeed(f.sender.SendMessage(ctx, &azservicebus.Message{Body: []byte(text), SessionID: &session}, nil))
	}
}

func (f sessionFixture) accept(ctx context.Context) *azservicebus.SessionReceiver {
	return must(f.client.AcceptSessionForQueue(ctx, f.queue, f.session, nil))
}

func (f sessionFixture) acceptNext(ctx context.Context) *azservicebus.SessionReceiver {
	return must(f.client.AcceptNextSessionForQueue(ctx, f.queue, nil))
}

func completeOne(ctx context.Context, receiver *azservicebus.SessionReceiver) *azservicebus.ReceivedMessage {
	message := receiveOne(ctx, receiver)
	succeed(receiver.CompleteMessage(ctx, message, nil))
	return message
}

var sessionChecks = []check{
	sessionCheck("sessions: accept by id, first in first out", "sessions", func(ctx context.Context, f sessionFixture) {
		f.send(ctx, "go-other", "x")
		f.send(ctx, f.session, "1", "2", "3")
		receiver := f.accept(ctx)
		expectEqual(receiver.SessionID(), f.session)
		expect(receiver.LockedUntil().After(time.Now()), "the lock ended at %v", receiver.LockedUntil())
		messages := receive(ctx, receiver, 3)
		expectEqual(bodies(messages), []string{"1", "2", "3"})
		for _, message := range messages {
			expectEqual(*message.SessionID, f.session)
			succeed(receiver.CompleteMessage(ctx, message, nil))
		}
		expectNone(ctx, receiver)
		succeed(receiver.Close(ctx))
		f.session = "go-other"
		completeOne(ctx, f.accept(ctx))
	}),
	sessionCheck("sessions: next available, none available", "next-session", func(ctx context.Context, f sessionFixture) {
		f.send(ctx, "a", "a")
		f.send(ctx, "b", "b")
		var accepted []string
		for range 2 {
			receiver := f.acceptNext(ctx)
			expectEqual(string(completeOne(ctx, receiver).Body), receiver.SessionID())
			accepted = append(accepted, receiver.SessionID())
		}
		slices.Sort(accepted)
		expectEqual(accepted, []string{"a", "b"})
		short, cancel := context.WithTimeout(ctx, 1500*time.Millisecond)
		defer cancel()
		_, err := f.client.AcceptNextSessionForQueue(short, f.queue, nil)
		if !errors.Is(err, context.DeadlineExceeded) {
			expectCode(azservicebus.CodeTimeout, err)
		}
	}),
	sessionCheck("sessions: next available waits for a message", "next-session", func(ctx context.Context, f sessionFixture) {
		time.AfterFunc(500*time.Millisecond, func() { f.send(ctx, f.session, "late") })
		receiver := f.acceptNext(ctx)
		expectEqual(receiver.SessionID(), f.session)
		completeOne(ctx, receiver)
	}),
	sessionCheck("sessions: state", "sessions", func(ctx context.Context, f sessionFixture) {
		receiver := f.accept(ctx)
		expectEqual(len(must(receiver.GetSessionState(ctx, nil))), 0)
		succeed(receiver.SetSessionState(ctx, []byte("step 1"), nil))
		succeed(receiver.Close(ctx))
		receiver = f.accept(ctx)
		expectEqual(string(must(receiver.GetSessionState(ctx, nil))), "step 1")
		succeed(receiver.SetSessionState(ctx, nil, nil))
		expectEqual(len(must(receiver.GetSessionState(ctx, nil))), 0)
	}),
	sessionCheck("sessions: listed", "session-list", func(ctx context.Context, f sessionFixture) {
		f.send(ctx, f.session, "1")
		pager := f.client.NewListSessionsForQueuePager(f.queue, nil)
		var sessions []string
		for pager.More() {
			sessions = append(sessions, must(pager.NextPage(ctx)).Sessions...)
		}
		expectEqual(sessions, []string{f.session})
		completeOne(ctx, f.accept(ctx))
	}),
	sessionCheck("sessions: held by one receiver at a time, free when it closes", "sessions", func(ctx context.Context, f sessionFixture) {
		f.send(ctx, f.session, "1")
		holder := f.accept(ctx)
		expectEqual(receiveOne(ctx, holder).DeliveryCount, uint32(1))
		_, err := f.client.AcceptSessionForQueue(ctx, f.queue, f.session, nil)
		expect(err != nil, "the session was accepted twice")
		succeed(holder.Close(ctx))
		expectEqual(completeOne(ctx, f.accept(ctx)).DeliveryCount, uint32(1))
	}),
	sessionCheck("sessions: lock renewal and loss", "session-locks", func(ctx context.Context, f sessionFixture) {
		f.send(ctx, f.session, "1")
		receiver := f.accept(ctx)
		message := receiveOne(ctx, receiver)
		before := receiver.LockedUntil()
		time.Sleep(time.Second)
		succeed(receiver.RenewSessionLock(ctx, nil))
		expect(receiver.LockedUntil().After(before), "the lock still ends at %v", before)
		time.Sleep(5500 * time.Millisecond)
		expectCode(azservicebus.CodeLockLost, receiver.CompleteMessage(ctx, message, nil))
		// The SDK may have accepted the session anew meanwhile.
		if err := receiver.RenewSessionLock(ctx, nil); err != nil {
			expectCode(azservicebus.CodeLockLost, err)
		}
		succeed(receiver.Close(ctx))
		completeOne(ctx, f.accept(ctx))
	}),
	sessionCheck("sessions: defer, dead-letter, abandon, peek, schedule", "sessions", func(ctx context.Context, f sessionFixture) {
		f.send(ctx, f.session, "defer", "dead-letter", "abandon")
		receiver := f.accept(ctx)
		expectEqual(len(must(receiver.PeekMessages(ctx, 5, nil))), 3)
		deferred := receiveOne(ctx, receiver)
		succeed(receiver.DeferMessage(ctx, deferred, nil))
		succeed(receiver.DeadLetterMessage(ctx, receiveOne(ctx, receiver), nil))
		succeed(receiver.AbandonMessage(ctx, receiveOne(ctx, receiver), nil))
		expectEqual(completeOne(ctx, receiver).DeliveryCount, uint32(2))
		again := must(receiver.ReceiveDeferredMessages(ctx, []int64{*deferred.SequenceNumber}, nil))
		succeed(receiver.CompleteMessage(ctx, again[0], nil))
		must(f.sender.ScheduleMessages(ctx, []*azservicebus.Message{{Body: []byte("scheduled"), SessionID: to.Ptr(f.session)}},
			time.Now().Add(500*time.Millisecond), nil))
		completeOne(ctx, receiver)
		dead := must(f.client.NewReceiverForQueue(f.queue, &azservicebus.ReceiverOptions{
			ReceiveMode: azservicebus.ReceiveModeReceiveAndDelete,
			SubQueue:    azservicebus.SubQueueDeadLetter,
		}))
		expectEqual(*receiveOne(ctx, dead).SessionID, f.session)
	}),
	sessionCheck("sessions: receiver without a session, message without a session", "sessions", func(ctx context.Context, f sessionFixture) {
		_, err := must(f.client.NewReceiverForQueue(f.queue, nil)).ReceiveMessages(ctx, 1, nil)
		expect(err != nil, "a receiver without a session was accepted")
		expect(f.sender.SendMessage(ctx, &azservicebus.Message{}, nil) != nil, "a message without a session was accepted")
	}),
}
