package dev.servicebus.boot.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A port that reads what the first client says, up to an empty line or the eight bytes of
 * a protocol header of AMQP, and then hangs up.
 */
final class FirstRequest implements AutoCloseable {

	private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("localhost"));

	private final CompletableFuture<String> request = CompletableFuture.supplyAsync(this::read);

	FirstRequest() throws IOException {
	}

	int port() {
		return this.server.getLocalPort();
	}

	String await() throws Exception {
		return this.request.get(20, TimeUnit.SECONDS);
	}

	private String read() {
		StringBuilder text = new StringBuilder();
		try (Socket client = this.server.accept(); InputStream in = client.getInputStream()) {
			int next = in.read();
			while (next >= 0 && !isComplete(text.append((char) next))) {
				next = in.read();
			}
			return text.toString();
		}
		catch (IOException ex) {
			return text + " " + ex;
		}
	}

	private static boolean isComplete(StringBuilder text) {
		byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
		return (bytes.length >= 8 && text.indexOf("AMQP") == 0) || text.indexOf("\r\n\r\n") >= 0;
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

}
