"""Administration over HTTP: entities, rules, counts. The client dials https; its base address is replaced."""

from datetime import timedelta

from azure.core.exceptions import ClientAuthenticationError, ResourceExistsError, ResourceNotFoundError
from azure.servicebus import ServiceBusMessage
from azure.servicebus.management import (
    CorrelationRuleFilter,
    ServiceBusAdministrationClient,
    SqlRuleAction,
    SqlRuleFilter,
)

from checks import check, expect
from emulator import HTTP_PORT, connect, connection_string
from queues import DELETING, in_seconds, receive_one


def administration(**address):
    client = ServiceBusAdministrationClient.from_connection_string(connection_string(**address))
    client._impl._client._base_url = f"http://localhost:{HTTP_PORT}"
    return client


@check("administration: queue created, read, updated, listed, deleted")
def queue():
    client = administration()
    client.create_queue("py-queue", lock_duration=timedelta(seconds=30), max_delivery_count=7, user_metadata="mine")
    properties = client.get_queue("py-queue")
    assert properties.lock_duration == timedelta(seconds=30)
    assert properties.max_delivery_count == 7 and properties.user_metadata == "mine"
    properties.max_delivery_count = 9
    client.update_queue(properties)
    assert client.get_queue("py-queue").max_delivery_count == 9
    assert "py-queue" in [each.name for each in client.list_queues()]
    expect(ResourceExistsError, client.create_queue, "py-queue")
    client.delete_queue("py-queue")
    expect(ResourceNotFoundError, client.get_queue, "py-queue")


@check("administration: lists page by page")
def pages():
    client = administration()
    names = [f"py-page-{i}" for i in range(120)]
    for name in names:
        client.create_queue(name)
    assert set(names) <= {each.name for each in client.list_queues()}
    for name in names:
        client.delete_queue(name)


@check("administration: topic, subscription, rules")
def topic():
    client = administration()
    client.create_topic("py-topic", default_message_time_to_live=timedelta(days=2))
    assert client.get_topic("py-topic").default_message_time_to_live == timedelta(days=2)
    client.create_subscription("py-topic", "sub", max_delivery_count=4)
    client.delete_rule("py-topic", "sub", "$Default")
    client.create_rule("py-topic", "sub", "sql", filter=SqlRuleFilter("size > @limit", {"@limit": 10}))
    correlation = CorrelationRuleFilter(label="s", properties={"number": 5})
    client.create_rule("py-topic", "sub", "correlation", filter=correlation, action=SqlRuleAction("SET b = 2"))
    assert sorted(each.name for each in client.list_rules("py-topic", "sub")) == ["correlation", "sql"]
    rule = client.get_rule("py-topic", "sub", "correlation")
    assert rule.filter.label == "s" and rule.filter.properties == {"number": 5}, rule.filter.properties
    assert rule.action.sql_expression == "SET b = 2"
    with connect() as messaging, messaging.get_topic_sender("py-topic") as sender:
        sender.send_messages(ServiceBusMessage("no", application_properties={"size": 1}))
        sender.send_messages(ServiceBusMessage("sql", application_properties={"size": 11}))
        sender.send_messages(ServiceBusMessage("correlation", subject="s", application_properties={"number": 5}))
        with messaging.get_subscription_receiver("py-topic", "sub", **DELETING) as receiver:
            assert str(receive_one(receiver)) == "sql"
            message = receive_one(receiver)
            assert str(message) == "correlation" and message.application_properties[b"b"] == 2
    subscription = client.get_subscription("py-topic", "sub")
    subscription.lock_duration = timedelta(seconds=20)
    client.update_subscription("py-topic", subscription)
    assert client.get_subscription("py-topic", "sub").lock_duration == timedelta(seconds=20)
    client.delete_topic("py-topic")
    expect(ResourceNotFoundError, client.get_topic, "py-topic")


@check("administration: message counts, namespace")
def counts():
    client = administration()
    client.create_queue("py-counts")
    with connect() as messaging, messaging.get_queue_sender("py-counts") as sender:
        sender.send_messages([ServiceBusMessage("a"), ServiceBusMessage("b")])
        sender.schedule_messages(ServiceBusMessage("c"), in_seconds(60))
        with messaging.get_queue_receiver("py-counts") as receiver:
            receiver.dead_letter_message(receive_one(receiver))
            receiver.peek_messages()
    runtime = client.get_queue_runtime_properties("py-counts")
    assert (runtime.active_message_count, runtime.dead_letter_message_count) == (1, 1)
    assert (runtime.scheduled_message_count, runtime.total_message_count) == (1, 3)
    assert runtime.size_in_bytes > 0 and runtime.created_at_utc
    client.delete_queue("py-counts")
    assert client.get_namespace_properties().name


@check("administration: wrong key")
def wrong_key():
    expect(ClientAuthenticationError, administration(key="wrong").get_queue, "send")
