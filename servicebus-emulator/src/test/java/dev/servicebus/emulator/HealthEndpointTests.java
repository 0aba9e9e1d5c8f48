package dev.servicebus.emulator;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import dev.servicebus.amqp.transport.http.HttpRequest;
import dev.servicebus.amqp.transport.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(10)
class HealthEndpointTests {

	private boolean answering = true;

	private final HealthEndpoint endpoint = new HealthEndpoint(() -> this.answering);

	@Test
	void brokerThatAnswersIsHealthy() {
		HttpResponse response = request("GET", "/health");

		assertThat(response.status()).isEqualTo(200);
		assertThat(response.headers()).containsEntry("Content-Type", "application/json");
		assertThat(text(response)).isEqualTo("{\"status\":\"healthy\",\"message\":\"Service is healthy.\"}");
	}

	@Test
	void brokerThatDoesNotAnswerIsUnhealthy() {
		this.answering = false;

		HttpResponse response = request("GET", "/health");

		assertThat(response.status()).isEqualTo(503);
		assertThat(text(response))
			.isEqualTo("{\"status\":\"unhealthy\",\"message\":\"Service not available. Please try after some time.\"}");
	}

	@Test
	void otherPathsAndMethodsAreRefused() {
		assertThat(request("GET", "/").status()).isEqualTo(404);
		assertThat(request("GET", "/healthy").status()).isEqualTo(404);
		assertThat(request("PUT", "/health").status()).isEqualTo(405);
	}

	private HttpResponse request(String method, String path) {
		return this.endpoint.handle(new HttpRequest(method, path, Map.of(), Map.of(), new byte[0]));
	}

	private static String text(HttpResponse response) {
		return new String(response.body(), StandardCharsets.UTF_8);
	}

}
