"""The asyncio client, which has a transport of its own."""

from azure.servicebus import ServiceBusMessage
from azure.servicebus.aio import AutoLockRenewer, ServiceBusClient

from checks import check
from emulator import connect


@check("asyncio: send, receive, iterate, renew, peek")
async def queue():
    async with connect(ServiceBusClient) as client, client.get_queue_sender("receive") as sender:
        await sender.send_messages([ServiceBusMessage(str(i)) for i in range(3)])
        async with client.get_queue_receiver("receive", max_wait_time=2) as receiver, AutoLockRenewer() as renewer:
            assert len(await receiver.peek_messages(5)) == 3
            received = []
            async for message in receiver:
                renewer.register(receiver, message, max_lock_renewal_duration=30)
                await receiver.renew_message_lock(message)
                await receiver.complete_message(message)
                received.append(str(message))
            assert received == ["0", "1", "2"]


@check("asyncio: sessions")
async def sessions():
    async with connect(ServiceBusClient) as client, client.get_queue_sender("sessions") as sender:
        await sender.send_messages(ServiceBusMessage("a", session_id="asyncio"))
        async with client.get_queue_receiver("sessions", session_id="asyncio") as receiver:
            await receiver.session.set_state("state")
            assert await receiver.session.get_state() == b"state"
            (message,) = await receiver.receive_messages(max_wait_time=5)
            await receiver.complete_message(message)
