package dev.servicebus.emulator;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import dev.servicebus.amqp.transport.http.HttpHandler;
import dev.servicebus.amqp.transport.http.HttpRequest;
import dev.servicebus.amqp.transport.http.HttpResponse;

/**
 * Answers {@code GET /health} with the words of Microsoft's emulator, which samples and
 * containers wait for. Since the answer comes from the broker's own thread, to answer is
 * to be healthy. Every other request is handed on, also one of the administration feed
 * for an entity of that name: its requests carry the version of the API.
 */
final class HealthEndpoint implements HttpHandler {

	private static final String PATH = "/health";

	private static final String API_VERSION = "api-version";

	private static final HttpResponse HEALTHY = new HttpResponse(200, Map.of("Content-Type", "application/json"), """
			{"status":"healthy","message":"Service is healthy."}""".getBytes(StandardCharsets.UTF_8));

	private final HttpHandler others;

	/**
	 * Creates the endpoint.
	 * @param others answers the other requests
	 */
	HealthEndpoint(HttpHandler others) {
		this.others = others;
	}

	@Override
	public HttpResponse handle(HttpRequest request) {
		if (!request.path().equals(PATH) || request.query().containsKey(API_VERSION)) {
			return this.others.handle(request);
		}
		boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
		return reads ? HEALTHY : HttpResponse.of(405);
	}

}
