package dev.servicebus.emulator;

import java.net.InetAddress;
import java.net.UnknownHostException;

import dev.servicebus.amqp.transport.Network;
import dev.servicebus.amqp.transport.tls.ServerTls;
import org.jspecify.annotations.Nullable;

/**
 * Where an emulator listens and what it shows there. Immutable.
 *
 * @param host the address to listen on
 * @param port the port, 0 for a free one
 * @param httpPort a second port on which everything is served, too; 0 for a free one,
 * {@code null} for none
 * @param tls the certificate for clients that begin with TLS
 * @param network where connections come from, {@code null} for sockets of its own
 */
record EndpointOptions(String host, int port, @Nullable Integer httpPort, ServerTls tls, @Nullable Network network) {

	/**
	 * The certificate of those who bring none: one for the names by which clients on this
	 * machine find the emulator, and the host itself.
	 */
	static ServerTls selfSigned(String host) {
		InetAddress address = address(host);
		return (address.isLoopbackAddress() || address.isAnyLocalAddress()) ? ServerTls.selfSigned()
				: ServerTls.selfSigned(host);
	}

	boolean isLoopback() {
		return address(this.host).isLoopbackAddress();
	}

	/**
	 * The host by which clients on this machine find the emulator.
	 */
	String clientHost() {
		if (isLoopback() || address(this.host).isAnyLocalAddress()) {
			return "localhost";
		}
		return this.host.contains(":") ? "[" + this.host + "]" : this.host;
	}

	private static InetAddress address(String host) {
		try {
			return InetAddress.getByName(host);
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException("The host '" + host + "' is not known.", ex);
		}
	}

}
