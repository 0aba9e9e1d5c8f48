package dev.servicebus.client.connection;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

import dev.servicebus.amqp.endpoint.AmqpConnection;
import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.amqp.endpoint.AmqpSession;
import dev.servicebus.amqp.endpoint.SessionListener;
import dev.servicebus.amqp.rpc.RequestLink;
import dev.servicebus.amqp.rpc.RequestNode;
import dev.servicebus.client.auth.TokenProvider;
import org.jspecify.annotations.Nullable;

/**
 * Claims rights on one connection: puts a token for each entity on the {@code $cbs} node,
 * once for all links of the entity, and renews it before it runs out for as long as a
 * link needs it. A renewal that fails is tried again until it works.
 */
public final class Claims {

	private static final String NODE = "$cbs";

	private final AmqpConnection connection;

	private final Settings settings;

	private final Predicate<String> needed;

	private final Map<String, Claim> claims = new HashMap<>();

	private @Nullable RequestLink node;

	private int nodes;

	private Claims(AmqpConnection connection, Settings settings, Predicate<String> needed) {
		this.connection = connection;
		this.settings = settings;
		this.needed = needed;
	}

	/**
	 * Makes sure that a right on the entity is claimed.
	 */
	void authorize(String entityPath, Result result) {
		this.claims.computeIfAbsent(entityPath, this::claim).authorize(result);
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
		return claim != null && claim.forget(instant);
	}

	void close() {
		this.claims.values().forEach(Claim::close);
	}

	private Claim claim(String entityPath) {
		return new Claim(entityPath, this.connection, this.settings, new Claim.Place() {
			@Override
			public RequestLink node() {
				return Claims.this.node();
			}

			@Override
			public boolean isNeeded() {
				return Claims.this.needed.test(entityPath);
			}

			@Override
			public void ended() {
				Claims.this.claims.remove(entityPath);
			}
		});
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

		/**
		 * Makes what claims rights on a connection.
		 * @param needed whether a link needs a right on an entity at present
		 */
		Claims create(AmqpConnection connection, Predicate<String> needed);

		/**
		 * Claims rights with these settings.
		 */
		static Factory of(Settings settings) {
			return (connection, needed) -> new Claims(connection, settings, needed);
		}

	}

	/**
	 * Hears whether a right was granted.
	 */
	interface Result {

		void granted();

		void refused(LinkFailure failure);

	}

}
