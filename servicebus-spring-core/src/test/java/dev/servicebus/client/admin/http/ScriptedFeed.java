package dev.servicebus.client.admin.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A management feed that answers what the test has written down for it, in that order.
 */
final class ScriptedFeed implements AutoCloseable {

	final List<Request> requests = new CopyOnWriteArrayList<>();

	private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final HttpServer server;

	ScriptedFeed() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/", this::handle);
		this.server.setExecutor(this.threads);
		this.server.start();
	}

	int port() {
		return this.server.getAddress().getPort();
	}

	String connectionString() {
		return "Endpoint=sb://localhost:" + port()
				+ ";SharedAccessKeyName=root;SharedAccessKey=topsecret;UseDevelopmentEmulator=true";
	}

	/** Answers the next request. */
	ScriptedFeed answers(int status, String body) {
		return answers((exchange) -> respond(exchange, status, body));
	}

	/** Answers the next request in the way of the service. */
	ScriptedFeed fails(int status, String detail) {
		return answers(status, "<Error><Code>" + status + "</Code><Detail>" + detail + "</Detail></Error>");
	}

	/** Ends the connection of the next request without an answer. */
	ScriptedFeed dies() {
		return answers(HttpExchange::close);
	}

	/** Leaves the next request without an answer until the latch opens. */
	ScriptedFeed hangs(CountDownLatch latch) {
		return answers((exchange) -> {
			try {
				latch.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			exchange.close();
		});
	}

	ScriptedFeed answers(Answer answer) {
		this.answers.add(answer);
		return this;
	}

	Request request() {
		return this.requests.get(this.requests.size() - 1);
	}

	private void handle(HttpExchange exchange) throws IOException {
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		this.requests.add(
				new Request(exchange.getRequestMethod(), exchange.getRequestURI(), exchange.getRequestHeaders(), body));
		Answer answer = this.answers.poll();
		if (answer == null) {
			respond(exchange, 418, "the test has no answer for this");
		}
		else {
			answer.give(exchange);
		}
	}

	static void respond(HttpExchange exchange, int status, String body) throws IOException {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/atom+xml;type=entry;charset=utf-8");
		exchange.sendResponseHeaders(status, (bytes.length > 0) ? bytes.length : -1);
		if (bytes.length > 0) {
			exchange.getResponseBody().write(bytes);
		}
		exchange.close();
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	static String queueEntry(String name) {
		return "<entry xmlns=\"http://www.w3.org/2005/Atom\"><title type=\"text\">" + name
				+ "</title><content type=\"application/xml\"><QueueDescription "
				+ "xmlns=\"http://schemas.microsoft.com/netservices/2010/10/servicebus/connect\" "
				+ "xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\"><LockDuration>PT1M</LockDuration>"
				+ "<MessageCount>3</MessageCount></QueueDescription></content></entry>";
	}

	static String feed(String links, String... entries) {
		return "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title type=\"text\">Queues</title>" + links
				+ String.join("", entries) + "</feed>";
	}

	/**
	 * What is done with a request.
	 */
	interface Answer {

		void give(HttpExchange exchange) throws IOException;

	}

	/**
	 * What came.
	 */
	record Request(String method, URI uri, Headers headers, String body) {

		String header(String name) {
			return this.headers.getFirst(name);
		}

	}

}
