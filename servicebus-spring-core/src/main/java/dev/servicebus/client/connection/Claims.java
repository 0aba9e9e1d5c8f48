package dev.servicebus.client.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.endpoint.AmqpConnection;
import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.amqp.endpoint.AmqpSession;
import dev.servicebus.amqp.endpoint.SessionListener;
import dev.servicebus.amqp.message.AmqpMessage;
import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.rpc.RequestFailure;
import dev.servicebus.amqp.rpc.RequestLink;
import dev.servicebus.amqp.rpc.RequestNode;
import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.OperationTimeoutException;
import dev.servicebus.client.ServiceBusAuthenticationException;
import dev.servicebus.client.ServiceBusConnectionException;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.auth.AccessToken;
import dev.servicebus.client.auth.TokenProvider;
import dev.servicebus.client.error.ErrorMapper;
import dev.servicebus.client.error.Recovery;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims rights on one connection: puts a token for each entity on the {@code $cbs} node,
 * once for all links of the entity, and renews it before it runs out for as long as the
 * connection lives. A renewal that fails is tried again until it works.
 */
public final class Claims {

	private static final Logger logger = LoggerFactory.getLogger(Claims.class);

	private static final String NODE = "$cbs";

	/** Renewed when this part of a token's life has passed, give or take the jitter. */
	private static final double RENEW_AT = 0.8;

	private static final Duration MIN_RENEWAL_DELAY = Duration.ofSeconds(5);

	private static final Duration MAX_RENEWAL_RETRY = Duration.ofSeconds(30);

	private final AmqpConnection connection;

	private final Settings settings;

	private final Map<String, Claim> claims = new HashMap<>();

	private @Nullable RequestLink node;

	private int nodes;

	private boolean closed;

	private Claims(AmqpConnection connection, Settings settings) {
		this.connection = connection;
		this.settings = settings;
	}

	/**
	 * Makes sure that a right on the entity is claimed.
	 */
	void authorize(String entityPath, Result result) {
		Claim claim = this.claims.computeIfAbsent(entityPath, Claim::new);
		if (claim.granted) {
			result.granted();
			return;
		}
		claim.waiting.add(result);
		if (!claim.asking) {
			claim.ask();
		}
	}

	/**
	 * The broker does not accept what was claimed: the next {@link #authorize} starts
	 * with a new token.
	 * @param entityPath the entity
	 * @param instant an instant of the loop's nanoTime
	 * @return whether the token is from before that instant, so that a new one may help
	 */
	boolean forget(String entityPath, long instant) {
		Claim claim = this.claims.get(entityPath);
		if (claim == null || !claim.granted) {
			return false;
		}
		claim.granted = false;
		return claim.grantedAt - instant < 0;
	}

	void close() {
		this.closed = true;
		for (Claim claim : this.claims.values()) {
			claim.cancelTimer();
			claim.waiting.clear();
		}
	}

	private RequestLink node() {
		if (this.node == null) {
			RequestNode target = new RequestNode(NODE, "cbs-" + this.nodes, "cbs-reply-" + this.nodes, Map.of());
			this.nodes++;
			AmqpSession session = this.connection.beginSession(new SessionListener() {
			});
			this.node = RequestLink.attach(session, target, new RequestLink.Listener() {
				@Override
				public void onOpened(RequestLink link) {
				}

				@Override
				public void onClosed(RequestLink link, AmqpLink.LinkEnd end) {
					Claims.this.node = null;
					session.end(null);
				}
			});
		}
		return this.node;
	}

	/**
	 * What claiming needs, the same for all lives of a connection.
	 *
	 * @param host the namespace, as it stands in audiences
	 * @param tokens where tokens come from
	 * @param tokenExecutor where tokens are obtained; never an event loop
	 * @param timeout for obtaining a token and for putting it, each
	 * @param random the part of every delay that is left to chance
	 */
	public record Settings(String host, TokenProvider tokens, Executor tokenExecutor, Duration timeout,
			RandomGenerator random) {

	}

	/**
	 * Makes what claims rights on a new connection.
	 */
	@FunctionalInterface
	public interface Factory {

		Claims create(AmqpConnection connection);

		/**
		 * Claims rights with these settings.
		 */
		static Factory of(Settings settings) {
			return (connection) -> new Claims(connection, settings);
		}

	}

	/**
	 * Hears whether a right was granted.
	 */
	interface Result {

		void granted();

		void refused(LinkFailure failure);

	}

	/**
	 * The right on one entity.
	 */
	private final class Claim {

		private final String entityPath;

		private final List<Result> waiting = new ArrayList<>();

		private final BackOff renewalBackOff;

		private boolean granted;

		private long grantedAt;

		private boolean asking;

		private EventLoop.@Nullable Timer timer;

		Claim(String entityPath) {
			this.entityPath = entityPath;
			this.renewalBackOff = new BackOff(MAX_RENEWAL_RETRY, Claims.this.settings.random());
		}

		void ask() {
			cancelTimer();
			this.asking = true;
			Settings settings = Claims.this.settings;
			String audience = TokenProvider.audience(settings.host(), this.entityPath);
			TokenRequest request = new TokenRequest(this);
			this.timer = Claims.this.connection.loop().schedule(settings.timeout(), request::timedOut);
			CompletableFuture.supplyAsync(() -> settings.tokens().token(audience), settings.tokenExecutor())
				.thenCompose((stage) -> stage)
				.whenComplete(
						(token, failure) -> Claims.this.connection.execute(() -> request.obtained(token, failure)));
		}

		void put(AccessToken token) {
			cancelTimer();
			AmqpMessage message = AmqpMessage.builder()
				.applicationProperties(Map.of("operation", "put-token", "type", token.type(), "name",
						TokenProvider.audience(Claims.this.settings.host(), this.entityPath), "expiration",
						token.expiresAt()))
				.value(token.value())
				.build();
			RequestLink asked = node();
			asked.request(message, null, Claims.this.settings.timeout(), new RequestLink.ResponseHandler() {
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
			this.grantedAt = Claims.this.connection.loop().nanoTime();
			this.renewalBackOff.usefulWork();
			renewIn(renewalDelay(token.expiresAt()));
			List<Result> results = List.copyOf(this.waiting);
			this.waiting.clear();
			results.forEach(Result::granted);
		}

		private Duration renewalDelay(Instant expiresAt) {
			Duration left = Duration.between(Claims.this.connection.loop().clock().instant(), expiresAt);
			double part = RENEW_AT - 0.1 * Claims.this.settings.random().nextDouble();
			Duration delay = Duration.ofMillis((long) (left.toMillis() * part));
			return (delay.compareTo(MIN_RENEWAL_DELAY) > 0) ? delay : MIN_RENEWAL_DELAY;
		}

		private void failed(LinkFailure failure) {
			cancelTimer();
			this.asking = false;
			List<Result> results = List.copyOf(this.waiting);
			this.waiting.clear();
			if (this.granted) {
				logger.warn("The token for '{}' could not be renewed and is tried again: {}", this.entityPath,
						failure.exception().getMessage());
				renewIn(this.renewalBackOff.next(MIN_RENEWAL_DELAY));
			}
			results.forEach((result) -> result.refused(failure));
		}

		private void renewIn(Duration delay) {
			if (!Claims.this.closed) {
				cancelTimer();
				this.timer = Claims.this.connection.loop().schedule(delay, this::ask);
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

	}

	/**
	 * Waits for one token of the provider. What comes after the time limit is ignored.
	 */
	private final class TokenRequest {

		private final Claim claim;

		private boolean ended;

		TokenRequest(Claim claim) {
			this.claim = claim;
		}

		void obtained(@Nullable AccessToken token, @Nullable Throwable failure) {
			if (this.ended || Claims.this.closed) {
				return;
			}
			this.ended = true;
			if (token != null) {
				this.claim.put(token);
				return;
			}
			String problem = (failure != null) ? failure.getClass().getSimpleName() : "no token";
			this.claim.failed(noToken("the credential gave no token: " + problem, failure));
		}

		void timedOut() {
			if (!this.ended) {
				this.ended = true;
				this.claim.failed(noToken(
						"the credential gave no token within " + Claims.this.settings.timeout().toMillis() + " ms",
						null));
			}
		}

		/**
		 * A credential may fail for a moment, for example where it is asked over a
		 * network, so that is no refusal of the broker's.
		 */
		private LinkFailure noToken(String description, @Nullable Throwable cause) {
			return new LinkFailure(
					new ServiceBusAuthenticationException(this.claim.where().withDescription(description), cause),
					Recovery.NONE);
		}

	}

}
