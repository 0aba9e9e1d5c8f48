package dev.servicebus.client.admin.http;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import dev.servicebus.client.retry.RetrySchedule;

/**
 * Sends requests to the management feed of one namespace. Thread-safe.
 */
final class FeedConnection {

	/** A page of a hundred entities with all their keys has less than a tenth of it. */
	private static final int MAX_RESPONSE = 16 * 1024 * 1024;

	private static final String AUTHORIZATION = "Authorization";

	private final HttpClient http;

	private final FeedAddress address;

	private final FeedTokens tokens;

	private final Policies policies;

	FeedConnection(HttpClient http, FeedAddress address, FeedTokens tokens, Policies policies) {
		this.http = http;
		this.address = address;
		this.tokens = tokens;
		this.policies = policies;
	}

	FeedAddress address() {
		return this.address;
	}

	RetrySchedule retry() {
		return this.policies.retry();
	}

	Alarms alarms() {
		return this.policies.alarms();
	}

	/**
	 * Obtains the tokens that a request needs, as its headers. Cancelling what is
	 * returned ends the wait for them.
	 */
	CompletableFuture<Map<String, String>> authorize(FeedRequest request) {
		Map<String, String> audiences = new HashMap<>();
		audiences.put(AUTHORIZATION, this.address.audience(request.path()));
		request.destinations().forEach((header, path) -> audiences.put(header, this.address.audience(path)));
		List<CompletableFuture<String>> tokens = new ArrayList<>();
		CompletableFuture<Map<String, String>> headers = CompletableFuture.completedFuture(Map.of());
		for (Map.Entry<String, String> audience : audiences.entrySet()) {
			CompletableFuture<String> token = this.tokens.header(audience.getValue(), request.where());
			tokens.add(token);
			headers = headers.thenCombine(token, (gathered, value) -> {
				Map<String, String> more = new HashMap<>(gathered);
				more.put(audience.getKey(), value);
				return more;
			});
		}
		headers.whenComplete((values, failure) -> tokens.forEach((token) -> token.cancel(true)));
		return headers;
	}

	void forgetToken(FeedRequest request) {
		this.tokens.forget(this.address.audience(request.path()));
	}

	/**
	 * Sends a request; cancelling what is returned ends it.
	 */
	CompletableFuture<FeedResponse> send(FeedRequest request, Map<String, String> headers) {
		HttpRequest.Builder http = HttpRequest.newBuilder(this.address.resource(request.path(), request.query()))
			.version(HttpClient.Version.HTTP_1_1)
			.header("User-Agent", this.policies.userAgent());
		headers.forEach(http::header);
		this.policies.proxyHeaders().forEach(http::header);
		String body = request.body();
		if (body != null) {
			http.header("Content-Type", "application/atom+xml;type=entry;charset=utf-8");
		}
		if (request.verb() == Verb.UPDATE) {
			http.header("If-Match", "*");
		}
		http.method(request.verb().method(),
				(body != null) ? HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8)
						: HttpRequest.BodyPublishers.noBody());
		var exchange = this.http.sendAsync(http.build(), (information) -> new BoundedBody(MAX_RESPONSE));
		CompletableFuture<FeedResponse> response = exchange.thenApply(FeedResponse::of);
		// A future does not cancel what it was derived from.
		response.whenComplete((value, failure) -> exchange.cancel(true));
		return response;
	}

	/**
	 * What holds for all requests.
	 *
	 * @param retry says when a failed request is tried again
	 * @param alarms times attempts and limits
	 * @param userAgent names the program
	 * @param proxyHeaders what a proxy is to be told
	 */
	record Policies(RetrySchedule retry, Alarms alarms, String userAgent, Map<String, String> proxyHeaders) {

	}

}
