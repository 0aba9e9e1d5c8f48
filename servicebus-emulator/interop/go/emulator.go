package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"sync"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/messaging/azservicebus"
)

var amqpPort = os.Getenv("EMULATOR_AMQP_PORT")

var deleting = &azservicebus.ReceiverOptions{ReceiveMode: azservicebus.ReceiveModeReceiveAndDelete}

func connectionString(port, keyName, key string) string {
	return fmt.Sprintf("Endpoint=sb://localhost:%s;SharedAccessKeyName=%s;SharedAccessKey=%s;UseDevelopmentEmulator=true",
		port, keyName, key)
}

func connect() *azservicebus.Client {
	return connectTo(connectionString(amqpPort, "RootManageSharedAccessKey", "SAS_KEY_VALUE"))
}

func connectTo(connectionString string) *azservicebus.Client {
	return must(azservicebus.NewClientFromConnectionString(connectionString, &azservicebus.ClientOptions{
		RetryOptions: azservicebus.RetryOptions{MaxRetries: 3, RetryDelay: 200 * time.Millisecond},
	}))
}

// expectCode expects an error of the SDK's kind.
func expectCode(code azservicebus.Code, err error) {
	var failure *azservicebus.Error
	expect(errors.As(err, &failure) && failure.Code == code, "expected the code %s but got %v", code, err)
}

// receiver is what receivers with and without sessions have in common.
type receiver interface {
	ReceiveMessages(context.Context, int, *azservicebus.ReceiveMessagesOptions) ([]*azservicebus.ReceivedMessage, error)
}

func receive(ctx context.Context, from receiver, count int) []*azservicebus.ReceivedMessage {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	var messages []*azservicebus.ReceivedMessage
	for len(messages) < count {
		messages = append(messages, must(from.ReceiveMessages(ctx, count-len(messages), nil))...)
	}
	return messages
}

func receiveOne(ctx context.Context, from receiver) *azservicebus.ReceivedMessage {
	return receive(ctx, from, 1)[0]
}

func expectNone(ctx context.Context, from receiver) {
	ctx, cancel := context.WithTimeout(ctx, 500*time.Millisecond)
	defer cancel()
	messages, err := from.ReceiveMessages(ctx, 1, nil)
	expect(errors.Is(err, context.DeadlineExceeded), "expected no message but got %v, %v", bodies(messages), err)
}

func bodies(messages []*azservicebus.ReceivedMessage) []string {
	var bodies []string
	for _, message := range messages {
		bodies = append(bodies, string(message.Body))
	}
	return bodies
}

// proxy is a TCP proxy in front of the emulator whose connections can be cut.
type proxy struct {
	net.Listener
	lock        sync.Mutex
	connections []net.Conn
}

func startProxy() *proxy {
	started := &proxy{Listener: must(net.Listen("tcp", "localhost:0"))}
	go func() {
		for {
			client, err := started.Accept()
			if err != nil {
				return
			}
			upstream := must(net.Dial("tcp", "localhost:"+amqpPort))
			started.lock.Lock()
			started.connections = append(started.connections, client, upstream)
			started.lock.Unlock()
			go io.Copy(client, upstream)
			go io.Copy(upstream, client)
		}
	}()
	return started
}

func (started *proxy) port() string {
	return fmt.Sprint(started.Addr().(*net.TCPAddr).Port)
}

func (started *proxy) cut() {
	started.lock.Lock()
	defer started.lock.Unlock()
	for _, connection := range started.connections {
		connection.Close()
	}
	started.connections = nil
}
