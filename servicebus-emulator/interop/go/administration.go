package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"slices"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/messaging/azservicebus"
	"github.com/Azure/azure-sdk-for-go/sdk/messaging/azservicebus/admin"
)

// plainHTTP sends the requests of a client that dials https to the emulator.
type plainHTTP struct{}

func (plainHTTP) Do(request *http.Request) (*http.Response, error) {
	request.URL.Scheme = "http"
	request.URL.Host = "localhost:" + os.Getenv("EMULATOR_HTTP_PORT")
	return http.DefaultClient.Do(request)
}

func administration(key string) *admin.Client {
	return must(admin.NewClientFromConnectionString(connectionString(amqpPort, "RootManageSharedAccessKey", key),
		&admin.ClientOptions{ClientOptions: azcore.ClientOptions{Transport: plainHTTP{}}}))
}

func expectStatus(status int, err error) {
	var failure *azcore.ResponseError
	expect(errors.As(err, &failure) && failure.StatusCode == status, "expected the status %d but got %v", status, err)
}

func queueNames(ctx context.Context, client *admin.Client) []string {
	var names []string
	for pager := client.NewListQueuesPager(nil); pager.More(); {
		for _, queue := range must(pager.NextPage(ctx)).Queues {
			names = append(names, queue.QueueName)
		}
	}
	return names
}

var administrationChecks = []check{
	{"administration: queue created, read, updated, listed, deleted", func(ctx context.Context) {
		client := administration("SAS_KEY_VALUE")
		must(client.CreateQueue(ctx, "go-queue", &admin.CreateQueueOptions{
			Properties: &admin.QueueProperties{LockDuration: to.Ptr("PT30S"), MaxDeliveryCount: to.Ptr(int32(7))},
		}))
		queue := must(client.GetQueue(ctx, "go-queue", nil))
		expectEqual(*queue.LockDuration, "PT30S")
		expectEqual(*queue.MaxDeliveryCount, int32(7))
		queue.MaxDeliveryCount = to.Ptr(int32(9))
		expectEqual(*must(client.UpdateQueue(ctx, "go-queue", queue.QueueProperties, nil)).MaxDeliveryCount, int32(9))
		expect(slices.Contains(queueNames(ctx, client), "go-queue"), "the queue is not listed")
		_, err := client.CreateQueue(ctx, "go-queue", nil)
		expectStatus(http.StatusConflict, err)
		must(client.DeleteQueue(ctx, "go-queue", nil))
		expect(must(client.GetQueue(ctx, "go-queue", nil)) == nil, "the queue still exists")
	}},
	{"administration: lists page by page", func(ctx context.Context) {
		client := administration("SAS_KEY_VALUE")
		for i := range 120 {
			must(client.CreateQueue(ctx, fmt.Sprintf("go-page-%d", i), nil))
		}
		names := queueNames(ctx, client)
		for i := range 120 {
			expect(slices.Contains(names, fmt.Sprintf("go-page-%d", i)), "queue %d is not listed", i)
			must(client.DeleteQueue(ctx, fmt.Sprintf("go-page-%d", i), nil))
		}
	}},
	{"administration: topic, subscription, rules", func(ctx context.Context) {
		client := administration("SAS_KEY_VALUE")
		must(client.CreateTopic(ctx, "go-topic", nil))
		must(client.CreateSubscription(ctx, "go-topic", "sub", nil))
		must(client.DeleteRule(ctx, "go-topic", "sub", "$Default", nil))
		must(client.CreateRule(ctx, "go-topic", "sub", &admin.CreateRuleOptions{
			Name:   to.Ptr("sql"),
			Filter: &admin.SQLFilter{Expression: "size > @limit", Parameters: map[string]any{"@limit": 10}},
			Action: &admin.SQLAction{Expression: "SET b = 2"},
		}))
		must(client.CreateRule(ctx, "go-topic", "sub", &admin.CreateRuleOptions{
			Name:   to.Ptr("correlation"),
			Filter: &admin.CorrelationFilter{Subject: to.Ptr("s"), ApplicationProperties: map[string]any{"color": "red"}},
		}))
		var rules []string
		for pager := client.NewListRulesPager("go-topic", "sub", nil); pager.More(); {
			for _, rule := range must(pager.NextPage(ctx)).Rules {
				rules = append(rules, rule.Name)
			}
		}
		slices.Sort(rules)
		expectEqual(rules, []string{"correlation", "sql"})
		rule := must(client.GetRule(ctx, "go-topic", "sub", "correlation", nil))
		expectEqual(*rule.Filter.(*admin.CorrelationFilter).Subject, "s")
		messaging := connect()
		defer messaging.Close(ctx)
		sender := must(messaging.NewSender("go-topic", nil))
		succeed(sender.SendMessage(ctx, message("no", "red", 1), nil))
		succeed(sender.SendMessage(ctx, message("yes", "red", 11), nil))
		received := receiveOne(ctx, must(messaging.NewReceiverForSubscription("go-topic", "sub", deleting)))
		expectEqual(string(received.Body), "yes")
		expectEqual(fmt.Sprint(received.ApplicationProperties["b"]), "2")
		must(client.DeleteTopic(ctx, "go-topic", nil))
		expect(must(client.GetTopic(ctx, "go-topic", nil)) == nil, "the topic still exists")
	}},
	{"administration: message counts, namespace", func(ctx context.Context) {
		client := administration("SAS_KEY_VALUE")
		must(client.CreateQueue(ctx, "go-counts", nil))
		messaging := connect()
		defer messaging.Close(ctx)
		sender := must(messaging.NewSender("go-counts", nil))
		succeed(sender.SendMessage(ctx, &azservicebus.Message{}, nil))
		must(sender.ScheduleMessages(ctx, []*azservicebus.Message{{}}, time.Now().Add(time.Minute), nil))
		counts := must(client.GetQueueRuntimeProperties(ctx, "go-counts", nil))
		expectEqual(counts.ActiveMessageCount, int32(1))
		expectEqual(counts.ScheduledMessageCount, int32(1))
		expectEqual(counts.TotalMessageCount, int64(2))
		must(client.DeleteQueue(ctx, "go-counts", nil))
		expect(must(client.GetNamespaceProperties(ctx, nil)).Name != "", "the namespace has no name")
	}},
	{"administration: wrong key", func(ctx context.Context) {
		_, err := administration("wrong").GetQueue(ctx, "send", nil)
		expectStatus(http.StatusUnauthorized, err)
	}},
}
