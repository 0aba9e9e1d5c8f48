package dev.servicebus.benchmarks.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The first eight bytes of a connection, by which both peers tell that they speak AMQP
 * with SASL.
 */
final class Greeting {

	private static final byte[] SASL = { 'A', 'M', 'Q', 'P', 3, 1, 0, 0 };

	private static final int PATIENCE = 10_000;

	private Greeting() {
	}

	/**
	 * Greets a broker on this machine and waits until it has answered.
	 */
	static void await(int port) {
		try (Socket socket = new Socket()) {
			socket.setSoTimeout(PATIENCE);
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE);
			socket.getOutputStream().write(SASL);
			byte[] answer = socket.getInputStream().readNBytes(SASL.length);
			if (!Arrays.equals(answer, SASL)) {
				throw new BrokerFailedException(
						"The broker answers '" + new String(answer, StandardCharsets.ISO_8859_1) + "'");
			}
		}
		catch (IOException ex) {
			throw new BrokerFailedException("The broker does not answer", ex);
		}
	}

}
