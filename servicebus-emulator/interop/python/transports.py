"""The same over TLS, and over WebSockets."""

import os

from azure.servicebus import ServiceBusClient, ServiceBusMessage, TransportType

from checks import check
from emulator import AMQP_PORT, connection_string
from queues import receive_one


def send_and_receive(**options):
    over_tls = connection_string().replace(f":{AMQP_PORT}", "").replace(";UseDevelopmentEmulator=true", "")
    with ServiceBusClient.from_connection_string(
        over_tls,
        custom_endpoint_address=f"sb://localhost:{AMQP_PORT}",
        connection_verify=os.environ["EMULATOR_CERTIFICATE"],
        retry_total=0,
        **options,
    ) as client, client.get_queue_sender("transports") as sender:
        sender.send_messages(ServiceBusMessage(bytes(100_000)))
        with client.get_queue_receiver("transports") as receiver:
            message = receive_one(receiver)
            assert len(b"".join(message.body)) == 100_000
            receiver.complete_message(message)


@check("transports: TLS")
def tls():
    send_and_receive()


@check("transports: WebSockets with TLS")
def web_sockets():
    send_and_receive(transport_type=TransportType.AmqpOverWebsocket)
