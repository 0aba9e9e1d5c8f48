package dev.servicebus.emulator;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BooleanSupplier;

import dev.servicebus.amqp.transport.http.HttpHandler;
import dev.servicebus.amqp.transport.http.HttpRequest;
import dev.servicebus.amqp.transport.http.HttpResponse;

/**
 * Answers {@code GET /health} with the words of Microsoft's emulator, which samples and
 * containers wait for, and every other path with 404.
 */
final class HealthEndpoint implements HttpHandler {

	private static final String PATH = "/health";

	private static final HttpResponse HEALTHY = json(200, """
			{"status":"healthy","message":"Service is healthy."}""");

	private static final HttpResponse UNHEALTHY = json(503, """
			{"status":"unhealthy","message":"Service not available. Please try after some time."}""");

	private final BooleanSupplier answering;

	/**
	 * Creates the endpoint.
	 * @param answering asks the broker whether it serves its clients
	 */
	HealthEndpoint(BooleanSupplier answering) {
		this.answering = answering;
	}

	@Override
	public HttpResponse handle(HttpRequest request) {
		if (!request.path().equals(PATH)) {
			return HttpResponse.of(404);
		}
		if (!request.method().equals("GET")) {
			return HttpResponse.of(405);
		}
		return this.answering.getAsBoolean() ? HEALTHY : UNHEALTHY;
	}

	private static HttpResponse json(int status, String body) {
		return new HttpResponse(status, Map.of("Content-Type", "application/json"),
				body.getBytes(StandardCharsets.UTF_8));
	}

}
