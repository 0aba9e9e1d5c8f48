package dev.servicebus.amqp.transport.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A complete response. The server adds the headers about length and connection itself.
 *
 * @param status the status code, 200 to 599
 * @param headers the other headers
 * @param body the body, may be empty; not copied
 */
public record HttpResponse(int status, Map<String, String> headers, byte[] body) {

	private static final byte[] NO_BODY = new byte[0];

	public HttpResponse {
		if (status < 200 || status > 599) {
			throw new IllegalArgumentException("status must be between 200 and 599 but is " + status);
		}
		headers = Map.copyOf(headers);
	}

	/**
	 * A response without a body.
	 */
	public static HttpResponse of(int status) {
		return new HttpResponse(status, Map.of(), NO_BODY);
	}

	/**
	 * A response with a plain text as its body.
	 */
	public static HttpResponse text(int status, String text) {
		return new HttpResponse(status, Map.of("Content-Type", "text/plain; charset=utf-8"),
				text.getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public String toString() {
		return "HTTP " + this.status + " with " + this.body.length + " bytes";
	}

}
