package dev.servicebus.client.admin.http;

import java.net.http.HttpResponse;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * An answer of the management feed.
 *
 * @param status the status code
 * @param body what came with it
 * @param retryAfter how long the service asks to wait, {@code null} if it does not
 */
record FeedResponse(int status, byte[] body, @Nullable Duration retryAfter) {

	private static final int MAX_RETRY_AFTER_DIGITS = 6;

	static FeedResponse of(HttpResponse<byte[]> response) {
		return new FeedResponse(response.statusCode(), response.body(),
				response.headers().firstValue("Retry-After").map(FeedResponse::seconds).orElse(null));
	}

	boolean isSuccess() {
		return this.status >= 200 && this.status < 300;
	}

	/**
	 * Reads a number of seconds. A date is left out: comparing it needs clocks that
	 * agree.
	 */
	private static @Nullable Duration seconds(String text) {
		boolean number = text.length() <= MAX_RETRY_AFTER_DIGITS && !text.isEmpty()
				&& text.chars().allMatch((character) -> character >= '0' && character <= '9');
		return number ? Duration.ofSeconds(Long.parseLong(text)) : null;
	}

}
