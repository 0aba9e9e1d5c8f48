package dev.servicebus.amqp.transport.netty;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A proxy that opens tunnels, made of the JDK's blocking sockets.
 */
final class ConnectProxy implements AutoCloseable {

	private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "proxy");
		thread.setDaemon(true);
		return thread;
	});

	private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

	private final Queue<String> requests = new ConcurrentLinkedQueue<>();

	ConnectProxy() throws IOException {
		this.threads.execute(() -> {
			while (true) {
				try {
					Socket client = this.server.accept();
					this.sockets.add(client);
					this.threads.execute(() -> serve(client));
				}
				catch (IOException ex) {
					return;
				}
			}
		});
	}

	int port() {
		return this.server.getLocalPort();
	}

	/** The heads of the requests. */
	List<String> requests() {
		return List.copyOf(this.requests);
	}

	private void serve(Socket client) {
		try {
			client.setTcpNoDelay(true);
			String request = readHead(client.getInputStream());
			this.requests.add(request);
			String authority = request.split(" ")[1];
			int colon = authority.lastIndexOf(':');
			Socket service;
			try {
				service = new Socket(authority.substring(0, colon), Integer.parseInt(authority.substring(colon + 1)));
			}
			catch (IOException ex) {
				client.getOutputStream().write(ascii("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"));
				client.close();
				return;
			}
			service.setTcpNoDelay(true);
			this.sockets.add(service);
			client.getOutputStream().write(ascii("HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n"));
			this.threads.execute(() -> pump(service, client));
			pump(client, service);
		}
		catch (IOException ex) {
			reset(client);
		}
	}

	/** Passes on bytes, an orderly end and a reset. */
	private static void pump(Socket from, Socket to) {
		byte[] buffer = new byte[64 * 1024];
		try {
			for (int count = from.getInputStream().read(buffer); count >= 0; count = from.getInputStream()
				.read(buffer)) {
				to.getOutputStream().write(buffer, 0, count);
			}
			to.shutdownOutput();
		}
		catch (IOException ex) {
			reset(to);
			reset(from);
		}
	}

	static String readHead(InputStream stream) throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			int next = stream.read();
			if (next < 0) {
				throw new IOException("The request ended early: " + head);
			}
			head.append((char) next);
		}
		return head.toString();
	}

	private static void reset(Socket socket) {
		try {
			socket.setSoLinger(true, 0);
			socket.close();
		}
		catch (IOException ex) {
			// It is gone already.
		}
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		this.sockets.forEach(ConnectProxy::reset);
		this.threads.shutdownNow();
	}

}
