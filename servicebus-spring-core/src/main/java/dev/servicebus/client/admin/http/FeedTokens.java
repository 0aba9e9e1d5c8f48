package dev.servicebus.client.admin.http;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;

import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.ServiceBusAuthenticationException;
import dev.servicebus.client.auth.AccessToken;
import dev.servicebus.client.auth.TokenProvider;
import dev.servicebus.client.retry.AsyncFailures;
import org.jspecify.annotations.Nullable;

/**
 * Obtains tokens on threads of its own, waits for them no longer than its limit, and
 * keeps those that were used last. Thread-safe.
 */
final class FeedTokens {

	/** A token has to be valid when it arrives, by a clock that may be a little ahead. */
	private static final Duration EXPIRY_MARGIN = Duration.ofMinutes(2);

	private static final int MAX_KEPT = 64;

	private final TokenProvider provider;

	private final Executor executor;

	private final Timing timing;

	private final Map<String, AccessToken> kept = new LinkedHashMap<>(16, 0.75f, true) {
		@Override
		protected boolean removeEldestEntry(Map.Entry<String, AccessToken> eldest) {
			return size() > MAX_KEPT;
		}
	};

	/**
	 * A cache of what a provider obtains.
	 * @param executor where the provider is called
	 */
	FeedTokens(TokenProvider provider, Executor executor, Timing timing) {
		this.provider = provider;
		this.executor = executor;
		this.timing = timing;
	}

	/**
	 * The value of a header that proves a right on an audience. Fails with a
	 * {@link ServiceBusAuthenticationException}; cancelling it ends the wait, and a token
	 * that comes later is kept for others.
	 */
	CompletableFuture<String> header(String audience, ErrorContext where) {
		AccessToken token = kept(audience);
		if (token != null) {
			return CompletableFuture.completedFuture(header(token));
		}
		CompletableFuture<String> header = new CompletableFuture<>();
		Duration limit = this.timing.limit();
		Runnable alarm = this.timing.alarms().set(limit, () -> header.completeExceptionally(new TimeoutException()));
		CompletableFuture.supplyAsync(() -> this.provider.token(audience), this.executor)
			.thenCompose((stage) -> stage)
			.whenComplete((obtained, failure) -> {
				alarm.run();
				if (obtained != null) {
					keep(audience, obtained);
					header.complete(header(obtained));
				}
				else {
					header.completeExceptionally((failure != null) ? failure : new NullPointerException("token"));
				}
			});
		header.whenComplete((value, failure) -> alarm.run());
		CompletableFuture<String> result = header.exceptionally((failure) -> {
			String problem = (failure instanceof TimeoutException) ? " within " + limit.toMillis() + " ms"
					: ": " + AsyncFailures.unwrap(failure).getClass().getSimpleName();
			throw new ServiceBusAuthenticationException(where.withDescription("the credential gave no token" + problem),
					failure);
		});
		// A future does not cancel what it was derived from.
		result.whenComplete((value, failure) -> header.cancel(true));
		return result;
	}

	/**
	 * The service does not accept the token: the next request starts with a new one.
	 */
	void forget(String audience) {
		synchronized (this.kept) {
			this.kept.remove(audience);
		}
	}

	private @Nullable AccessToken kept(String audience) {
		synchronized (this.kept) {
			AccessToken token = this.kept.get(audience);
			boolean usable = token != null
					&& token.expiresAt().isAfter(this.timing.clock().instant().plus(EXPIRY_MARGIN));
			return usable ? token : null;
		}
	}

	private void keep(String audience, AccessToken token) {
		synchronized (this.kept) {
			this.kept.put(audience, token);
		}
	}

	private static String header(AccessToken token) {
		return token.type().equals(AccessToken.JWT) ? "Bearer " + token.value() : token.value();
	}

	/**
	 * Time as far as tokens are concerned.
	 *
	 * @param clock tells which tokens are still valid
	 * @param alarms ends the wait for a token
	 * @param limit how long that may take
	 */
	record Timing(InstantSource clock, Alarms alarms, Duration limit) {

	}

}
