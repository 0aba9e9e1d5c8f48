package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"os"

	"github.com/Azure/azure-sdk-for-go/sdk/messaging/azservicebus"
)

var transportChecks = []check{
	{"transports: TLS", func(ctx context.Context) {
		trusted := x509.NewCertPool()
		trusted.AppendCertsFromPEM(must(os.ReadFile(os.Getenv("EMULATOR_CERTIFICATE"))))
		overTLS := "Endpoint=sb://localhost;SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=SAS_KEY_VALUE"
		client := must(azservicebus.NewClientFromConnectionString(overTLS, &azservicebus.ClientOptions{
			CustomEndpoint: "localhost:" + amqpPort,
			TLSConfig:      &tls.Config{RootCAs: trusted},
		}))
		defer client.Close(ctx)
		succeed(must(client.NewSender("transports", nil)).SendMessage(ctx, &azservicebus.Message{Body: make([]byte, 100_000)}, nil))
		receiver := must(client.NewReceiverForQueue("transports", nil))
		message := receiveOne(ctx, receiver)
		expectEqual(len(message.Body), 100_000)
		succeed(receiver.CompleteMessage(ctx, message, nil))
	}},
}
