package dev.servicebus.amqp.transport.netty;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import dev.servicebus.amqp.transport.Network;
import dev.servicebus.amqp.transport.http.HttpRequest;
import dev.servicebus.amqp.transport.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(60)
class HttpServerTests {

	private final NettyNetwork network = NettyNetwork.create();

	private final Network.Binding binding = new HttpServer(this.network, HttpServerTests::answer)
		.bind(this.network.nextLoop(), "localhost", 0);

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@AfterEach
	void close() {
		this.network.close();
	}

	@Test
	void requestReachesTheHandlerAndItsResponseTheClient() throws Exception {
		var response = send(request("/health"));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("up");
		assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
		assertThat(response.headers().firstValue("Content-Length")).hasValue("2");
	}

	@Test
	void pathAndQueryAreDecodedAndHeadersFoundInAnyCase() throws Exception {
		var response = send(
				request("/describe/a%20b?api-version=2021-05&name=%C3%A4&name=second").header("X-Sample", "value"));
		assertThat(response.body()).isEqualTo("GET /describe/a b {api-version=2021-05, name=\u00e4} value");
	}

	@ParameterizedTest
	@CsvSource({ "http://localhost:80/describe/a?name=b, GET /describe/a {name=b} null",
			"/describe/http://x?name=b, GET /describe/http://x {name=b} null" })
	void targetMayCarrySchemeAndAuthority(String target, String answer) throws Exception {
		try (Socket socket = open()) {
			assertThat(exchange(socket, "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n")).endsWith(answer);
		}
	}

	@Test
	void targetWithoutAPathMeansTheRoot() {
		assertThat(RequestTarget.decode("http://localhost").path()).isEqualTo("/");
		assertThat(RequestTarget.decode("HTTP://localhost?name=b").path()).isEqualTo("/");
		assertThat(RequestTarget.decode("HTTP://localhost?name=b").parameters()).containsKey("name");
	}

	@Test
	void bodyIsCarriedBothWays() throws Exception {
		String body = "x".repeat(HttpServer.MAX_BODY_BYTES);
		var response = send(request("/echo").PUT(java.net.http.HttpRequest.BodyPublishers.ofString(body)));
		assertThat(response.statusCode()).isEqualTo(201);
		assertThat(response.body()).isEqualTo(body);
	}

	@Test
	void bodyAboveTheLimitIsAnsweredWith413() throws Exception {
		try (Socket socket = open()) {
			String answer = exchange(socket, "PUT /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
					+ (HttpServer.MAX_BODY_BYTES + 1) + "\r\nExpect: 100-continue\r\n\r\n");
			assertThat(answer).startsWith("HTTP/1.1 413");
		}
	}

	@Test
	void headersAboveTheLimitAreAnsweredWith431() throws Exception {
		try (Socket socket = open()) {
			String answer = exchange(socket,
					"GET /health HTTP/1.1\r\nX-Large: " + "x".repeat(HttpServer.MAX_HEADER_BYTES) + "\r\n\r\n");
			assertThat(answer).startsWith("HTTP/1.1 431");
		}
	}

	@Test
	void requestLineAboveTheLimitIsAnsweredWith414() throws Exception {
		try (Socket socket = open()) {
			String answer = exchange(socket,
					"GET /" + "x".repeat(HttpServer.MAX_HEADER_BYTES) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
			assertThat(answer).startsWith("HTTP/1.1 414");
		}
	}

	@Test
	void whatIsNotHttpIsAnsweredWith400AndTheEnd() throws Exception {
		try (Socket socket = open()) {
			String answer = exchange(socket, "this is no request\r\n\r\n");
			assertThat(answer).startsWith("HTTP/1.1 400");
			assertThat(socket.getInputStream().read()).isEqualTo(-1);
		}
	}

	@Test
	void brokenEscapeIsAnsweredWith400() throws Exception {
		try (Socket socket = open()) {
			assertThat(exchange(socket, "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n")).startsWith("HTTP/1.1 400");
		}
	}

	@Test
	void failureOfTheHandlerIsAnsweredWith500WithoutDetails() throws Exception {
		var response = send(request("/fail"));
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(response.body()).doesNotContain("secret").doesNotContain("Exception");
		assertThat(send(request("/health")).statusCode()).isEqualTo(200);
	}

	@Test
	void connectionServesManyRequests() throws Exception {
		try (Socket socket = open()) {
			for (int i = 0; i < 3; i++) {
				assertThat(exchange(socket, "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")).endsWith("up");
			}
			assertThat(exchange(socket, "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
				.containsIgnoringCase("connection: close");
			assertThat(socket.getInputStream().read()).isEqualTo(-1);
		}
	}

	@Test
	void headRequestGetsTheLengthButNoBody() throws Exception {
		try (Socket socket = open()) {
			String answer = exchange(socket, "HEAD /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
			assertThat(answer).containsIgnoringCase("content-length: 2").endsWith("\r\n\r\n");
		}
	}

	@Test
	void requestDoesNotShowItsSecrets() {
		HttpRequest request = new HttpRequest("GET", "/", Map.of("sig", "CANARY"), Map.of("Authorization", "CANARY"),
				"CANARY".getBytes(StandardCharsets.UTF_8));
		assertThat(request).asString().isEqualTo("GET /");
		assertThat(request.header("AUTHORIZATION")).isEqualTo("CANARY");
	}

	@Test
	void statusThatIsNoFinalStatusIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> HttpResponse.of(100)).withMessageContaining("100");
	}

	private static HttpResponse answer(HttpRequest request) {
		String path = request.path();
		if (path.equals("/health")) {
			return HttpResponse.text(200, "up");
		}
		if (path.startsWith("/describe/")) {
			return HttpResponse.text(200,
					request + " " + new TreeMap<>(request.query()) + " " + request.header("x-sample"));
		}
		if (path.equals("/echo")) {
			return HttpResponse.text(201, request.text());
		}
		throw new IllegalStateException("secret");
	}

	private java.net.http.HttpRequest.Builder request(String target) {
		return java.net.http.HttpRequest.newBuilder(URI.create("http://localhost:" + this.binding.port() + target))
			.timeout(Duration.ofSeconds(20));
	}

	private java.net.http.HttpResponse<String> send(java.net.http.HttpRequest.Builder request) throws Exception {
		return this.client.send(request.build(), java.net.http.HttpResponse.BodyHandlers.ofString());
	}

	private Socket open() throws IOException {
		Socket socket = new Socket("localhost", this.binding.port());
		socket.setSoTimeout(10_000);
		return socket;
	}

	/** Sends a request and reads one response, its body by the length it states. */
	private static String exchange(Socket socket, String request) throws IOException {
		socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
		StringBuilder answer = new StringBuilder();
		while (answer.indexOf("\r\n\r\n") < 0) {
			answer.append((char) socket.getInputStream().read());
		}
		if (!request.startsWith("HEAD")) {
			String head = answer.toString().toLowerCase(Locale.ROOT);
			int start = head.indexOf("content-length: ") + "content-length: ".length();
			int length = Integer.parseInt(head.substring(start, head.indexOf("\r\n", start)));
			answer.append(new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8));
		}
		return answer.toString();
	}

}
