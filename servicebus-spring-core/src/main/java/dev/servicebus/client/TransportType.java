package dev.servicebus.client;

/**
 * What carries AMQP to the namespace. All are protected by TLS, except to an emulator
 * that is spoken to without it.
 */
public enum TransportType {

	/** AMQP directly on TCP, port 5671. */
	AMQP,

	/**
	 * AMQP inside a WebSocket, port 443: for networks that let nothing but HTTPS out, and
	 * for proxies.
	 */
	AMQP_WEB_SOCKETS

}
