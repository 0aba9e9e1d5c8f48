package dev.servicebus.amqp.transport.netty;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * Reads the head of one request and writes an answer by hand, byte by byte.
 */
final class ScriptedServer implements AutoCloseable {

	private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));

	private final CompletableFuture<String> request = new CompletableFuture<>();

	private final CompletableFuture<byte[]> rest;

	/**
	 * Starts a server that waits for its one client, and after the answer for its end.
	 * @param script makes the answer of the request; every character is one byte
	 */
	ScriptedServer(UnaryOperator<String> script) throws IOException {
		this(script, false);
	}

	private ScriptedServer(UnaryOperator<String> script, boolean leaves) throws IOException {
		this.rest = CompletableFuture.supplyAsync(() -> {
			try (Socket socket = this.server.accept()) {
				socket.setTcpNoDelay(true);
				String head = ConnectProxy.readHead(socket.getInputStream());
				this.request.complete(head);
				OutputStream out = socket.getOutputStream();
				for (byte next : script.apply(head).getBytes(StandardCharsets.ISO_8859_1)) {
					out.write(next);
				}
				if (leaves) {
					socket.shutdownOutput();
				}
				return socket.getInputStream().readAllBytes();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

	/**
	 * Starts a server that ends the connection after its answer.
	 */
	static ScriptedServer leaving(UnaryOperator<String> script) throws IOException {
		return new ScriptedServer(script, true);
	}

	int port() {
		return this.server.getLocalPort();
	}

	/** The head of the request. */
	CompletableFuture<String> request() {
		return this.request;
	}

	/** What followed the request until the client ended. */
	CompletableFuture<byte[]> rest() {
		return this.rest;
	}

	/** The answer that accepts an upgrade, up to its empty line. */
	static String accepting(String request, String subProtocol) {
		String key = request.lines()
			.filter((line) -> line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key: "))
			.findFirst()
			.orElseThrow()
			.substring("sec-websocket-key: ".length());
		return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
				+ acceptOf(key) + "\r\nSec-WebSocket-Protocol: " + subProtocol + "\r\n\r\n";
	}

	private static String acceptOf(String key) {
		try {
			return Base64.getEncoder()
				.encodeToString(MessageDigest.getInstance("SHA-1")
					.digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

}
