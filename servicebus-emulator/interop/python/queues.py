"""Queues: sending, receiving, settling and everything that happens to messages meanwhile."""

import time
import uuid
from datetime import datetime, timedelta, timezone
from functools import wraps

from azure.servicebus import (
    AutoLockRenewer,
    ServiceBusMessage,
    ServiceBusMessageState,
    ServiceBusReceiveMode,
    ServiceBusSubQueue,
)
from azure.servicebus.amqp import AmqpAnnotatedMessage, AmqpMessageBodyType, AmqpMessageHeader, AmqpMessageProperties
from azure.servicebus.exceptions import (
    MessageAlreadySettled,
    MessageLockLostError,
    MessageNotFoundError,
    MessageSizeExceededError,
    MessagingEntityNotFoundError,
    ServiceBusAuthenticationError,
    ServiceBusError,
)

from checks import check, expect
from emulator import Proxy, connect

DELETING = {"receive_mode": ServiceBusReceiveMode.RECEIVE_AND_DELETE}


def queue_check(feature, queue, **receiver_options):
    """A check with a client, and a sender and a receiver of the queue."""

    def decorate(function):
        @wraps(function)
        def run():
            with connect() as client, client.get_queue_sender(queue) as sender, client.get_queue_receiver(
                queue, **receiver_options
            ) as receiver:
                function(client, queue, sender, receiver)

        return check(feature)(run)

    return decorate


def receive_one(receiver):
    messages = receiver.receive_messages(max_message_count=1, max_wait_time=5)
    assert messages, "no message arrived"
    return messages[0]


def expect_none(receiver):
    assert bodies(receiver.receive_messages(max_message_count=1, max_wait_time=0.5)) == []


def bodies(messages):
    return [str(message) for message in messages]


def dead_letters(client, queue, **options):
    return client.get_queue_receiver(queue, sub_queue=ServiceBusSubQueue.DEAD_LETTER, **options)


@queue_check("send: one message with all properties", "send")
def send_one(client, queue, sender, receiver):
    application_properties = {
        "text": "a",
        "integer": 42,
        "fraction": 1.5,
        "yes": True,
        "uuid": uuid.uuid4(),
        "time": datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone.utc),
        "none": None,
    }
    properties = {
        "message_id": str(uuid.uuid4()),
        "correlation_id": "correlation",
        "content_type": "text/plain",
        "subject": "subject",
        "to": "to",
        "reply_to": "reply-to",
        "reply_to_session_id": "reply-to-session",
        "partition_key": "partition",
        "time_to_live": timedelta(seconds=60),
    }
    sender.send_messages(ServiceBusMessage("body", application_properties=application_properties, **properties))
    message = receive_one(receiver)
    assert str(message) == "body"
    for name, value in properties.items():
        assert getattr(message, name) == value, name
    received = {key.decode(): value for key, value in message.application_properties.items()}
    received["text"] = received["text"].decode()
    received["time"] = datetime.fromtimestamp(received["time"] / 1000, timezone.utc)
    assert received == application_properties, received
    assert message.sequence_number > 0 and message.delivery_count == 0
    assert message.state == ServiceBusMessageState.ACTIVE
    assert message.expires_at_utc == message.enqueued_time_utc + timedelta(seconds=60)
    assert message.locked_until_utc > datetime.now(timezone.utc)
    receiver.complete_message(message)
    expect(MessageAlreadySettled, receiver.complete_message, message)


@queue_check("send: message without an id gets one", "send")
def send_without_id(client, queue, sender, receiver):
    sender.send_messages(ServiceBusMessage("body"))
    message = receive_one(receiver)
    assert message.message_id
    receiver.complete_message(message)


@queue_check("send: data, value and sequence bodies", "bodies")
def send_bodies(client, queue, sender, receiver):
    for body in (
        {"data_body": [b"one", b"two"]},
        {"data_body": b""},
        {"value_body": {b"nested": {b"list": [1, b"two", True]}}},
        {"value_body": None},
        {"sequence_body": [[1, b"two"], [3]]},
    ):
        kind, content = next(iter(body.items()))
        if content is None:
            continue
        sent = AmqpAnnotatedMessage(
            **body,
            header=AmqpMessageHeader(priority=7, durable=True),
            properties=AmqpMessageProperties(subject="subject", group_sequence=3),
            annotations={"mine": "kept"},
            footer={"crc": 1},
        )
        sender.send_messages(sent)
        message = receive_one(receiver)
        raw = message.raw_amqp_message
        assert raw.body_type == AmqpMessageBodyType(kind.removesuffix("_body"))
        if kind == "value_body":
            assert message.body == content, message.body
        elif kind == "data_body":
            assert b"".join(message.body) == b"".join([content] if isinstance(content, bytes) else content)
        else:
            assert list(message.body) == content, list(message.body)
        assert raw.header.priority == 7 and raw.annotations[b"mine"] == b"kept" and raw.footer == {b"crc": 1}
        assert raw.properties.group_sequence == 3
        receiver.complete_message(message)


@queue_check("send: batches, first in first out", "batches", prefetch_count=100)
def send_batches(client, queue, sender, receiver):
    sender.send_messages([ServiceBusMessage("list-1"), ServiceBusMessage("list-2")])
    batch = sender.create_message_batch()
    for i in range(500):
        batch.add_message(ServiceBusMessage(str(i), message_id=str(i)))
    sender.send_messages(batch)
    received = []
    while len(received) < 502:
        messages = receiver.receive_messages(max_message_count=100, max_wait_time=5)
        assert messages, f"only {len(received)} messages arrived"
        for message in messages:
            receiver.complete_message(message)
        received += bodies(messages)
    assert received == ["list-1", "list-2", *map(str, range(500))]


@queue_check("send: large messages, full batches, sizes above the limit", "sizes", **DELETING)
def send_sizes(client, queue, sender, receiver):
    batch = sender.create_message_batch()
    try:
        while True:
            batch.add_message(ServiceBusMessage(bytes(10_000)))
    except MessageSizeExceededError:
        assert len(batch) >= 20 and batch.max_size_in_bytes >= 256 * 1024
    sender.send_messages(batch)
    sender.send_messages(ServiceBusMessage(bytes(200_000)))
    expect(MessageSizeExceededError, sender.send_messages, ServiceBusMessage(bytes(batch.max_size_in_bytes + 1)))
    sender.send_messages(ServiceBusMessage("still open"))
    for _ in range(len(batch)):
        assert len(b"".join(receive_one(receiver).body)) == 10_000
    assert len(b"".join(receive_one(receiver).body)) == 200_000
    assert str(receive_one(receiver)) == "still open"


@queue_check("receive: receive and delete, empty queue", "receive", **DELETING)
def receive_and_delete(client, queue, sender, receiver):
    sender.send_messages([ServiceBusMessage(str(i)) for i in range(3)])
    received = []
    while len(received) < 3:
        received += bodies(receiver.receive_messages(max_message_count=3, max_wait_time=5))
    assert received == ["0", "1", "2"]
    expect_none(receiver)


@queue_check("receive: iterator", "receive", max_wait_time=1, prefetch_count=10)
def receive_iterating(client, queue, sender, receiver):
    sender.send_messages([ServiceBusMessage(str(i)) for i in range(5)])
    received = []
    for message in receiver:
        received.append(str(message))
        receiver.complete_message(message)
    assert received == ["0", "1", "2", "3", "4"]


@queue_check("settle: complete, abandon", "settle")
def settle(client, queue, sender, receiver):
    sender.send_messages(ServiceBusMessage("a"))
    receiver.abandon_message(receive_one(receiver))
    again = receive_one(receiver)
    assert again.delivery_count == 1
    receiver.complete_message(again)
    expect_none(receiver)
    assert receiver.peek_messages() == []


@queue_check("defer: receive by sequence number, then settle", "defer")
def defer(client, queue, sender, receiver):
    sender.send_messages([ServiceBusMessage("a"), ServiceBusMessage("b")])
    numbers = []
    for _ in range(2):
        message = receive_one(receiver)
        numbers.append(message.sequence_number)
        receiver.defer_message(message)
    expect_none(receiver)
    first, second = receiver.receive_deferred_messages(numbers)
    assert bodies([first, second]) == ["a", "b"]
    assert first.state == ServiceBusMessageState.DEFERRED and first.lock_token
    receiver.renew_message_lock(first)
    receiver.complete_message(first)
    receiver.abandon_message(second)
    (still,) = receiver.receive_deferred_messages(numbers[1])
    receiver.dead_letter_message(still, reason="deferred")
    expect(MessageNotFoundError, receiver.receive_deferred_messages, numbers[1])


@queue_check("dead-letter: reason, description; receive and resubmit", "dead-letters")
def dead_letter(client, queue, sender, receiver):
    sender.send_messages(ServiceBusMessage("a", message_id="id-1"))
    receiver.dead_letter_message(receive_one(receiver), reason="reason", error_description="description")
    expect_none(receiver)
    with dead_letters(client, queue) as dead:
        message = receive_one(dead)
        assert message.message_id == "id-1"
        assert (message.dead_letter_reason, message.dead_letter_error_description) == ("reason", "description")
        sender.send_messages(message)
        dead.complete_message(message)
        receiver.complete_message(receive_one(receiver))
        expect_none(dead)


@queue_check("dead-letter: too many deliveries", "deliveries")
def too_many_deliveries(client, queue, sender, receiver):
    sender.send_messages(ServiceBusMessage("a"))
    receiver.abandon_message(receive_one(receiver))
    receiver.abandon_message(receive_one(receiver))
    expect_none(receiver)
    with dead_letters(client, queue, **DELETING) as dead:
        assert receive_one(dead).dead_letter_reason == "MaxDeliveryCountExceeded"


@queue_check("peek: pages, from a sequence number, states", "peek")
def peek(client, queue, sender, receiver):
    assert receiver.peek_messages(5) == []
    sender.send_messages([ServiceBusMessage(str(i)) for i in (1, 2, 3)])
    (scheduled,) = sender.schedule_messages(ServiceBusMessage("4"), in_seconds(60))
    locked = receive_one(receiver)
    first = receiver.peek_messages(2, sequence_number=1)
    rest = receiver.peek_messages(5, sequence_number=first[-1].sequence_number + 1)
    assert bodies([*first, *rest]) == ["1", "2", "3", "4"]
    assert [message.state.name for message in rest] == ["ACTIVE", "SCHEDULED"]
    receiver.complete_message(locked)
    sender.cancel_scheduled_messages(scheduled)


@queue_check("locks: renewal, loss, redelivery", "locks")
def locks(client, queue, sender, receiver):
    sender.send_messages(ServiceBusMessage("a"))
    message = receive_one(receiver)
    time.sleep(1)
    before = message.locked_until_utc
    assert receiver.renew_message_lock(message) > before
    time.sleep(5.5)
    expect(MessageLockLostError, receiver.complete_message, message)
    again = receive_one(receiver)
    assert again.delivery_count == 1
    receiver.complete_message(again)


@queue_check("locks: renewed while a message is processed", "locks")
def lock_renewer(client, queue, sender, receiver):
    sender.send_messages(ServiceBusMessage("slow"))
    with AutoLockRenewer() as renewer:
        message = receive_one(receiver)
        renewer.register(receiver, message, max_lock_renewal_duration=30)
        time.sleep(6.5)
        receiver.complete_message(message)
    assert message.auto_renew_error is None
    assert receiver.peek_messages() == []


@queue_check("schedule: by property and by call, cancel", "schedule", **DELETING)
def schedule(client, queue, sender, receiver):
    due = in_seconds(1.5)
    sender.send_messages(ServiceBusMessage("property", scheduled_enqueue_time_utc=due))
    _, cancelled = sender.schedule_messages([ServiceBusMessage("call"), ServiceBusMessage("cancelled")], due)
    sender.cancel_scheduled_messages(cancelled)
    expect_none(receiver)
    assert sorted(bodies([receive_one(receiver), receive_one(receiver)])) == ["call", "property"]
    assert datetime.now(timezone.utc) >= due
    expect_none(receiver)
    expect(MessageNotFoundError, sender.cancel_scheduled_messages, cancelled)


@queue_check("expiry: to the dead-letter queue", "expiry")
def expiry(client, queue, sender, receiver):
    sender.send_messages(ServiceBusMessage("a", time_to_live=timedelta(seconds=0.5)))
    time.sleep(1)
    expect_none(receiver)
    with dead_letters(client, queue, **DELETING) as dead:
        assert receive_one(dead).dead_letter_reason == "TTLExpiredException"


@queue_check("duplicates: one of two equal message ids", "duplicates", **DELETING)
def duplicates(client, queue, sender, receiver):
    message_id = str(uuid.uuid4())
    sender.send_messages(ServiceBusMessage("1", message_id=message_id))
    sender.send_messages([ServiceBusMessage("2", message_id=message_id), ServiceBusMessage("3", message_id="3")])
    assert bodies([receive_one(receiver), receive_one(receiver)]) == ["1", "3"]
    expect_none(receiver)


@check("forward: from queue to queue")
def forward():
    with connect() as client, client.get_queue_sender("forward") as sender, client.get_queue_receiver(
        "forwarded", **DELETING
    ) as receiver:
        sender.send_messages(ServiceBusMessage("a"))
        message = receive_one(receiver)
        assert str(message) == "a" and message.enqueued_sequence_number >= 1


@check("errors: missing entity")
def missing_entity():
    with connect() as client:
        expect(MessagingEntityNotFoundError, send_to, client, "no-such-queue")
        expect(MessagingEntityNotFoundError, client.get_queue_receiver("no-such-queue").__enter__)


@check("errors: wrong key, unknown key name")
def wrong_key():
    for address in ({"key": "wrong"}, {"key_name": "unknown"}):
        with connect(retry_total=1, **address) as client:
            error = expect(ServiceBusError, send_to, client, "send")
            assert isinstance(error, ServiceBusAuthenticationError), repr(error)


@check("reconnect: senders and receivers outlive their connection")
def reconnect():
    proxy = Proxy()
    try:
        with connect(port=proxy.port) as client, client.get_queue_sender("reconnect") as sender:
            with client.get_queue_receiver("reconnect") as receiver:
                for i in range(3):
                    sender.send_messages(ServiceBusMessage(str(i)))
                    message = receive_one(receiver)
                    assert str(message) == str(i)
                    receiver.complete_message(message)
                    proxy.cut()
    finally:
        proxy.close()


def send_to(client, queue):
    with client.get_queue_sender(queue) as sender:
        sender.send_messages(ServiceBusMessage("body"))


def in_seconds(seconds):
    return datetime.now(timezone.utc) + timedelta(seconds=seconds)
