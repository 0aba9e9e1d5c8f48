package dev.servicebus.client.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.endpoint.AmqpConnection;
import dev.servicebus.amqp.message.AmqpMessage;
import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.rpc.RequestFailure;
import dev.servicebus.amqp.rpc.RequestLink;
import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.OperationTimeoutException;
import dev.servicebus.client.ServiceBusAuthenticationException;
import dev.servicebus.client.ServiceBusConnectionException;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.auth.AccessToken;
import dev.servicebus.client.auth.TokenProvider;
import dev.servicebus.client.connection.Claims.Settings;
import dev.servicebus.client.error.ErrorMapper;
import dev.servicebus.client.error.Recovery;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right on one entity: obtains a token, puts it, and renews it ahead of its end.
 * Confined to the loop.
 */
final class Claim {

	private static final Logger logger = LoggerFactory.getLogger(Claim.class);

	/** Renewed when this part of a token's life has passed, give or take the jitter. */
	private static final double RENEW_AT = 0.8;

	private static final Duration MIN_RENEWAL_DELAY = Duration.ofSeconds(5);

	private static final Duration MAX_RENEWAL_RETRY = Duration.ofSeconds(30);

	private final String entityPath;

	private final AmqpConnection connection;

	private final Settings settings;

	private final Place place;

	private final List<Claims.Result> waiting = new ArrayList<>();

	private final BackOff renewalBackOff;

	private boolean granted;

	private long grantedAt;

	private boolean asking;

	private boolean closed;

	private EventLoop.@Nullable Timer timer;

	/**
	 * Makes a right that is not claimed yet.
	 * @param place where tokens are put, and what for
	 */
	Claim(String entityPath, AmqpConnection connection, Settings settings, Place place) {
		this.entityPath = entityPath;
		this.connection = connection;
		this.settings = settings;
		this.place = place;
		this.renewalBackOff = new BackOff(MAX_RENEWAL_RETRY, settings.random());
	}

	void authorize(Claims.Result result) {
		if (this.granted) {
			result.granted();
			return;
		}
		this.waiting.add(result);
		if (!this.asking) {
			ask();
		}
	}

	/**
	 * The broker does not accept what was claimed.
	 * @return whether the token is from before that instant
	 */
	boolean forget(long instant) {
		boolean known = this.granted;
		this.granted = false;
		return known && this.grantedAt - instant < 0;
	}

	void close() {
		this.closed = true;
		cancelTimer();
		this.waiting.clear();
	}

	private void ask() {
		cancelTimer();
		this.asking = true;
		String audience = TokenProvider.audience(this.settings.host(), this.entityPath);
		TokenRequest request = new TokenRequest();
		this.timer = this.connection.loop().schedule(this.settings.timeout(), request::timedOut);
		CompletableFuture.supplyAsync(() -> this.settings.tokens().token(audience), this.settings.tokenExecutor())
			.thenCompose((stage) -> stage)
			.whenComplete((token, failure) -> this.connection.execute(() -> request.obtained(token, failure)));
	}

	private void put(AccessToken token) {
		cancelTimer();
		AmqpMessage message = AmqpMessage.builder()
			.applicationProperties(Map.of("operation", "put-token", "type", token.type(), "name",
					TokenProvider.audience(this.settings.host(), this.entityPath), "expiration", token.expiresAt()))
			.value(token.value())
			.build();
		RequestLink asked = this.place.node();
		asked.request(message, null, this.settings.timeout(), new RequestLink.ResponseHandler() {
			@Override
			public void onResponse(EncodedMessage response) {
				answered(token, response);
			}

			@Override
			public void onFailure(RequestFailure failure) {
				failed(toLinkFailure(failure));
				if (failure.kind() == RequestFailure.Kind.TIMEOUT) {
					// One half may be missing, or the broker has lost the pair.
					asked.close();
				}
			}
		});
	}

	private void answered(AccessToken token, EncodedMessage response) {
		int status = TokenResponse.status(response);
		if (status == 200 || status == 202) {
			granted(token);
			return;
		}
		ServiceBusException exception = ErrorMapper.ofTokenResponse(where(), status,
				TokenResponse.description(response));
		Recovery recovery = (status == 404) ? Recovery.ENTITY
				: (status >= 500) ? Recovery.NONE : Recovery.AUTHORIZATION;
		failed(new LinkFailure(exception, recovery));
	}

	private void granted(AccessToken token) {
		this.asking = false;
		this.granted = true;
		this.grantedAt = this.connection.loop().nanoTime();
		this.renewalBackOff.usefulWork();
		renewIn(renewalDelay(token.expiresAt()));
		List<Claims.Result> results = List.copyOf(this.waiting);
		this.waiting.clear();
		results.forEach(Claims.Result::granted);
	}

	private Duration renewalDelay(Instant expiresAt) {
		Duration left = Duration.between(this.connection.loop().clock().instant(), expiresAt);
		double part = RENEW_AT - 0.1 * this.settings.random().nextDouble();
		Duration delay = Duration.ofMillis((long) (left.toMillis() * part));
		return (delay.compareTo(MIN_RENEWAL_DELAY) > 0) ? delay : MIN_RENEWAL_DELAY;
	}

	private void failed(LinkFailure failure) {
		cancelTimer();
		this.asking = false;
		List<Claims.Result> results = List.copyOf(this.waiting);
		this.waiting.clear();
		if (this.granted) {
			logger.warn("The token for '{}' could not be renewed and is tried again: {}", this.entityPath,
					failure.exception().getMessage());
			renewIn(this.renewalBackOff.next(MIN_RENEWAL_DELAY));
		}
		results.forEach((result) -> result.refused(failure));
	}

	private void renewIn(Duration delay) {
		if (!this.closed) {
			cancelTimer();
			this.timer = this.connection.loop().schedule(delay, this::renew);
		}
	}

	private void renew() {
		if (this.place.isNeeded()) {
			ask();
		}
		else {
			close();
			this.place.ended();
		}
	}

	private LinkFailure toLinkFailure(RequestFailure failure) {
		AmqpError error = failure.error();
		if (error != null) {
			return new LinkFailure(ErrorMapper.ofError(where(), error), Recovery.LINK);
		}
		ServiceBusException exception = (failure.kind() == RequestFailure.Kind.TIMEOUT)
				? new OperationTimeoutException(where().withDescription("the broker has not answered"))
				: new ServiceBusConnectionException(where().withDescription("the link to $cbs was lost"));
		return new LinkFailure(exception, Recovery.LINK);
	}

	private ErrorContext where() {
		return ErrorContext.of("authorize", this.entityPath);
	}

	private void cancelTimer() {
		if (this.timer != null) {
			this.timer.cancel();
			this.timer = null;
		}
	}

	/**
	 * Where a right belongs.
	 */
	interface Place {

		/** The node that takes tokens. */
		RequestLink node();

		/** Whether a link needs the right at present. */
		boolean isNeeded();

		/** The right is not renewed any more. */
		void ended();

	}

	/**
	 * Waits for one token of the provider. What comes after the time limit is ignored.
	 */
	private final class TokenRequest {

		private boolean ended;

		void obtained(@Nullable AccessToken token, @Nullable Throwable failure) {
			if (this.ended || Claim.this.closed) {
				return;
			}
			this.ended = true;
			if (token != null) {
				put(token);
				return;
			}
			String problem = (failure != null) ? failure.getClass().getSimpleName() : "no token";
			Claim.this.failed(noToken("the credential gave no token: " + problem, failure));
		}

		void timedOut() {
			if (!this.ended) {
				this.ended = true;
				Claim.this.failed(noToken(
						"the credential gave no token within " + Claim.this.settings.timeout().toMillis() + " ms",
						null));
			}
		}

		/**
		 * A credential may fail for a moment, for example where it is asked over a
		 * network, so that is no refusal of the broker's.
		 */
		private LinkFailure noToken(String description, @Nullable Throwable cause) {
			return new LinkFailure(new ServiceBusAuthenticationException(where().withDescription(description), cause),
					Recovery.NONE);
		}

	}

}
