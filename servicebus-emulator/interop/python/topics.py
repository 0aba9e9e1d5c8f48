"""Topics: copies for subscriptions."""

import uuid

from azure.servicebus import ServiceBusMessage, ServiceBusSubQueue
from azure.servicebus.exceptions import MessagingEntityNotFoundError

from checks import check, expect
from emulator import connect
from queues import DELETING, bodies, expect_none, in_seconds, receive_one


@check("topics: each subscription gets what its rules say")
def fan_out():
    session_id = str(uuid.uuid4())

    def message(color, size):
        properties = {"color": color, "size": size}
        return ServiceBusMessage(f"{color}-{size}", session_id=session_id, application_properties=properties)

    with connect() as client, client.get_topic_sender("topic") as sender:
        sender.send_messages([message("red", 1), message("blue", 20), message("red", 20)])
        for subscription, expected in (
            ("all", ["red-1", "blue-20", "red-20"]),
            ("red", ["red-1", "red-20"]),
            ("large", ["red-20"]),
        ):
            with client.get_subscription_receiver("topic", subscription, **DELETING) as receiver:
                received = [receive_one(receiver) for _ in expected]
                assert bodies(received) == expected
                assert all((b"large" in each.application_properties) == (subscription == "large") for each in received)
                expect_none(receiver)
        with client.get_subscription_receiver("topic", "sessions", session_id=session_id, **DELETING) as receiver:
            assert str(receive_one(receiver)) == "red-1"


@check("topics: settle, defer, dead-letter, peek and schedule")
def settle():
    with connect() as client, client.get_topic_sender("topic") as sender:
        with client.get_subscription_receiver("topic", "all") as receiver:
            sender.send_messages([ServiceBusMessage("a"), ServiceBusMessage("b")])
            assert len(receiver.peek_messages(5)) == 2
            deferred = receive_one(receiver)
            receiver.defer_message(deferred)
            receiver.dead_letter_message(receive_one(receiver), reason="reason")
            (again,) = receiver.receive_deferred_messages(deferred.sequence_number)
            receiver.complete_message(again)
            _, cancelled = sender.schedule_messages([ServiceBusMessage("c"), ServiceBusMessage("d")], in_seconds(1))
            sender.cancel_scheduled_messages(cancelled)
            message = receive_one(receiver)
            assert str(message) == "c"
            receiver.complete_message(message)
            expect_none(receiver)
        dead = {"sub_queue": ServiceBusSubQueue.DEAD_LETTER, **DELETING}
        with client.get_subscription_receiver("topic", "all", **dead) as receiver:
            assert receive_one(receiver).dead_letter_reason == "reason"


@check("errors: missing subscription")
def missing_subscription():
    with connect() as client:
        expect(MessagingEntityNotFoundError, client.get_subscription_receiver("topic", "none").__enter__)
