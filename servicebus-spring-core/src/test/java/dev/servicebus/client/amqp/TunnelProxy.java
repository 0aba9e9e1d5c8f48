package dev.servicebus.client.amqp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * An HTTP proxy on a socket that opens every tunnel to one port of this machine, for
 * those who name themselves as it expects.
 */
final class TunnelProxy implements AutoCloseable {

	private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	private final Queue<String> requests = new ConcurrentLinkedQueue<>();

	private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

	private final int servicePort;

	private final String authorization;

	TunnelProxy(int servicePort, String authorization) throws IOException {
		this.servicePort = servicePort;
		this.authorization = authorization;
		start(this::accept);
	}

	int port() {
		return this.server.getLocalPort();
	}

	/**
	 * The first lines of the requests.
	 */
	List<String> requests() {
		return List.copyOf(this.requests);
	}

	private void accept() throws IOException {
		while (true) {
			Socket client = this.server.accept();
			this.sockets.add(client);
			start(() -> serve(client));
		}
	}

	private void serve(Socket client) throws IOException {
		String head = readHead(client.getInputStream());
		this.requests.add(head.lines().findFirst().orElseThrow());
		if (!head.contains("proxy-authorization: " + this.authorization)
				&& !head.contains("Proxy-Authorization: " + this.authorization)) {
			answer(client, "407 Proxy Authentication Required");
			client.close();
			return;
		}
		Socket service = new Socket(InetAddress.getLoopbackAddress(), this.servicePort);
		this.sockets.add(service);
		answer(client, "200 Connection established");
		start(() -> service.getInputStream().transferTo(client.getOutputStream()));
		client.getInputStream().transferTo(service.getOutputStream());
	}

	private static void answer(Socket client, String status) throws IOException {
		OutputStream out = client.getOutputStream();
		out.write(("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
		out.flush();
	}

	private static String readHead(InputStream in) throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			int next = in.read();
			if (next < 0) {
				throw new IOException("The request ended early");
			}
			head.append((char) next);
		}
		return head.toString();
	}

	private static void start(Work work) {
		Thread thread = new Thread(() -> {
			try {
				work.run();
			}
			catch (IOException ex) {
				// One of the sockets is closed: the tunnel is over.
			}
		}, "tunnel-proxy");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		for (Socket socket : this.sockets) {
			socket.close();
		}
	}

	@FunctionalInterface
	private interface Work {

		void run() throws IOException;

	}

}
