"""Sessions: accepting, order, state, locks."""

import threading
import time
import uuid
from functools import wraps

from azure.servicebus import NEXT_AVAILABLE_SESSION, AutoLockRenewer, ServiceBusMessage, ServiceBusSubQueue
from azure.servicebus.exceptions import (
    OperationTimeoutError,
    ServiceBusError,
    SessionCannotBeLockedError,
    SessionLockLostError,
)

from checks import check, expect
from emulator import connect
from queues import DELETING, bodies, expect_none, in_seconds, receive_one


def session_check(feature, queue):
    """A check with a client, a sender of the queue and a session that nobody has used."""

    def decorate(function):
        @wraps(function)
        def run():
            with connect() as client, client.get_queue_sender(queue) as sender:
                function(client, queue, sender, str(uuid.uuid4()))

        return check(feature)(run)

    return decorate


@session_check("sessions: accept by id, first in first out", "sessions")
def by_id(client, queue, sender, session_id):
    other = str(uuid.uuid4())
    for i in (1, 2, 3):
        sender.send_messages(ServiceBusMessage(str(i), session_id=session_id))
        sender.send_messages(ServiceBusMessage(str(-i), session_id=other))
    for session, expected in ((other, ["-1", "-2", "-3"]), (session_id, ["1", "2", "3"])):
        with client.get_queue_receiver(queue, session_id=session) as receiver:
            assert receiver.session.session_id == session
            messages = []
            while len(messages) < 3:
                messages += receiver.receive_messages(max_message_count=3, max_wait_time=5)
            assert bodies(messages) == expected
            for message in messages:
                assert message.session_id == session
                receiver.complete_message(message)


@session_check("sessions: next available, none available", "next-session")
def next_available(client, queue, sender, session_id):
    ids = ["a", "b"]
    for each in ids:
        sender.send_messages(ServiceBusMessage(each, session_id=each))
    accepted = []
    for _ in ids:
        with client.get_queue_receiver(queue, session_id=NEXT_AVAILABLE_SESSION) as receiver:
            message = receive_one(receiver)
            assert str(message) == receiver.session.session_id
            receiver.complete_message(message)
            accepted.append(str(message))
    assert sorted(accepted) == ids
    with connect(retry_total=0) as impatient:
        receiver = impatient.get_queue_receiver(queue, session_id=NEXT_AVAILABLE_SESSION, max_wait_time=1)
        expect(OperationTimeoutError, receiver.__enter__)


@session_check("sessions: next available waits for a message", "next-session")
def next_waits(client, queue, sender, session_id):
    threading.Timer(0.5, sender.send_messages, [ServiceBusMessage("late", session_id="late")]).start()
    with client.get_queue_receiver(queue, session_id=NEXT_AVAILABLE_SESSION, max_wait_time=10) as receiver:
        receiver.complete_message(receive_one(receiver))
        assert receiver.session.session_id == "late"


@session_check("sessions: state", "sessions")
def state(client, queue, sender, session_id):
    with client.get_queue_receiver(queue, session_id=session_id) as receiver:
        assert receiver.session.get_state() is None
        receiver.session.set_state("step 1")
    with client.get_queue_receiver(queue, session_id=session_id) as receiver:
        assert receiver.session.get_state() == b"step 1"
        receiver.session.set_state(None)
        assert receiver.session.get_state() is None


@session_check("sessions: held by one receiver at a time, free when it closes", "sessions")
def contention(client, queue, sender, session_id):
    sender.send_messages(ServiceBusMessage("1", session_id=session_id))
    with client.get_queue_receiver(queue, session_id=session_id) as holder:
        assert receive_one(holder).delivery_count == 0
        with connect(retry_total=0) as impatient:
            expect(SessionCannotBeLockedError, impatient.get_queue_receiver(queue, session_id=session_id).__enter__)
    with client.get_queue_receiver(queue, session_id=session_id) as receiver:
        message = receive_one(receiver)
        assert message.delivery_count == 0
        receiver.complete_message(message)


@session_check("sessions: lock renewal and loss", "session-locks")
def session_locks(client, queue, sender, session_id):
    sender.send_messages(ServiceBusMessage("1", session_id=session_id))
    with client.get_queue_receiver(queue, session_id=session_id) as receiver:
        message = receive_one(receiver)
        time.sleep(1)
        before = receiver.session.locked_until_utc
        assert receiver.session.renew_lock() > before
        time.sleep(5.5)
        expect(SessionLockLostError, receiver.complete_message, message)
        expect(SessionLockLostError, receiver.session.renew_lock)
    with client.get_queue_receiver(queue, session_id=session_id) as receiver, AutoLockRenewer() as renewer:
        renewer.register(receiver, receiver.session, max_lock_renewal_duration=30)
        message = receive_one(receiver)
        time.sleep(6.5)
        receiver.complete_message(message)
        expect_none(receiver)


@session_check("sessions: defer, dead-letter, abandon, peek, schedule", "sessions")
def everything_else(client, queue, sender, session_id):
    wanted = ["defer", "dead-letter", "abandon"]
    sender.send_messages([ServiceBusMessage(body, session_id=session_id) for body in wanted])
    with client.get_queue_receiver(queue, session_id=session_id) as receiver:
        assert bodies(receiver.peek_messages(5)) == wanted
        deferred = receive_one(receiver)
        receiver.defer_message(deferred)
        receiver.dead_letter_message(receive_one(receiver), reason="reason")
        receiver.abandon_message(receive_one(receiver))
        abandoned = receive_one(receiver)
        assert abandoned.delivery_count == 1
        receiver.complete_message(abandoned)
        (again,) = receiver.receive_deferred_messages(deferred.sequence_number)
        receiver.complete_message(again)
        sender.schedule_messages(ServiceBusMessage("scheduled", session_id=session_id), in_seconds(0.5))
        receiver.complete_message(receive_one(receiver))
        expect_none(receiver)
    with client.get_queue_receiver(queue, sub_queue=ServiceBusSubQueue.DEAD_LETTER, **DELETING) as dead:
        assert receive_one(dead).session_id == session_id


@session_check("sessions: receiver without a session, message without a session", "sessions")
def without_session(client, queue, sender, session_id):
    error = expect(ServiceBusError, client.get_queue_receiver(queue).__enter__)
    assert "sessions" in str(error)
    expect(ServiceBusError, sender.send_messages, ServiceBusMessage("body"))
