package dev.servicebus.amqp.transport.netty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;

/**
 * The addresses behind the name of a place to listen on.
 */
final class LocalAddresses {

	private LocalAddresses() {
	}

	/**
	 * Returns every loopback address for {@code localhost}, because clients disagree on
	 * which one they try first, and the address of any other name.
	 */
	static List<InetAddress> of(String host) throws IOException {
		if (!host.equalsIgnoreCase("localhost")) {
			return List.of(InetAddress.getByName(host));
		}
		List<InetAddress> addresses = new ArrayList<>();
		addresses.add(InetAddress.getByName("127.0.0.1"));
		InetAddress ipv6 = InetAddress.getByName("::1");
		if (NetworkInterface.getByInetAddress(ipv6) != null) {
			addresses.add(ipv6);
		}
		return addresses;
	}

}
