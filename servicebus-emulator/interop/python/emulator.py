"""Connections to the emulator under test."""

import contextlib
import os
import socket
import threading

from azure.servicebus import ServiceBusClient

AMQP_PORT = int(os.environ["EMULATOR_AMQP_PORT"])
HTTP_PORT = int(os.environ["EMULATOR_HTTP_PORT"])


def connection_string(port=AMQP_PORT, key_name="RootManageSharedAccessKey", key="SAS_KEY_VALUE"):
    return (
        f"Endpoint=sb://localhost:{port};SharedAccessKeyName={key_name};SharedAccessKey={key};"
        "UseDevelopmentEmulator=true"
    )


def connect(client_type=ServiceBusClient, retry_total=3, **address):
    return client_type.from_connection_string(
        connection_string(**address), retry_total=retry_total, retry_backoff_factor=0.2
    )


class Proxy:
    """A TCP proxy in front of the emulator whose connections can be cut."""

    def __init__(self):
        self._sockets = []
        self._server = socket.create_server(("localhost", 0))
        self.port = self._server.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self):
        for each in self._sockets:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        self._sockets.clear()

    def close(self):
        self._server.close()
        self.cut()

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._server.accept()
                upstream = socket.create_connection(("localhost", AMQP_PORT))
                self._sockets += [client, upstream]
                for pair in ((client, upstream), (upstream, client)):
                    threading.Thread(target=self._pump, args=pair, daemon=True).start()

    @staticmethod
    def _pump(source, sink):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
