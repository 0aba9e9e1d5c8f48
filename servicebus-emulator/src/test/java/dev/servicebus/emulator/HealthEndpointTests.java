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

	private final HealthEndpoint endpoint = new HealthEndpoint((request) -> HttpResponse.of(410));

	@Test
	void answersWithTheWordsThatSamplesWaitFor() {
		HttpResponse response = request("GET", "/health", Map.of());

		assertThat(response.status()).isEqualTo(200);
		assertThat(response.headers()).containsEntry("Content-Type", "application/json");
		assertThat(text(response)).isEqualTo("{\"status\":\"healthy\",\"message\":\"Service is healthy.\"}");
		assertThat(request("HEAD", "/health", Map.of()).status()).isEqualTo(200);
	}

	@Test
	void otherMethodsAreRefused() {
		assertThat(request("PUT", "/health", Map.of()).status()).isEqualTo(405);
	}

	@Test
	void otherPathsAreHandedOn() {
		assertThat(request("GET", "/", Map.of()).status()).isEqualTo(410);
		assertThat(request("GET", "/healthy", Map.of()).status()).isEqualTo(410);
	}

	@Test
	void administrationOfAQueueOfThatNameIsHandedOn() {
		assertThat(request("GET", "/health", Map.of("api-version", "2021-05")).status()).isEqualTo(410);
		assertThat(request("PUT", "/health", Map.of("api-version", "2021-05")).status()).isEqualTo(410);
	}

	private HttpResponse request(String method, String path, Map<String, String> query) {
		return this.endpoint.handle(new HttpRequest(method, path, query, Map.of(), new byte[0]));
	}

	private static String text(HttpResponse response) {
		return new String(response.body(), StandardCharsets.UTF_8);
	}

}
