package dev.servicebus.amqp.transport.netty;

import io.netty.util.NetUtil;

/**
 * Host and port the way HTTP writes them.
 */
final class Authority {

	private Authority() {
	}

	/**
	 * Returns a host, an IPv6 address in brackets.
	 */
	static String of(String host) {
		return (host.indexOf(':') >= 0 && !host.startsWith("[") && NetUtil.isValidIpV6Address(host)) ? "[" + host + "]"
				: host;
	}

	/**
	 * Returns host and port joined by a colon.
	 */
	static String of(String host, int port) {
		return of(host) + ":" + port;
	}

}
