package dev.servicebus.client.connection;

import java.time.Duration;

import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.amqp.endpoint.AmqpSession;
import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.OperationTimeoutException;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.ServiceBusServerBusyException;
import dev.servicebus.client.error.ErrorMapper;
import dev.servicebus.client.error.Recovery;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one link attached for as long as it is wanted: waits for the connection, claims
 * the right, attaches, and does it again after a loss. The same for senders, receivers
 * and request links, which only say how to attach.
 *
 * @param <L> one life of the link
 */
public final class LinkKeeper<L extends LinkLife> implements ConnectionOwner.Dependent {

	/** The longest delay between two attempts to attach. */
	static final Duration MAX_DELAY = Duration.ofSeconds(30);

	/**
	 * A link on which nothing is answered for that long is given up by those who use it:
	 * the broker may have lost it.
	 */
	public static final Duration SILENCE_LIMIT = Duration.ofSeconds(10);

	/** The service asks for it: coming back earlier only prolongs the throttling. */
	private static final Duration BUSY_DELAY = Duration.ofSeconds(10);

	private static final Duration REFUSED_DELAY = Duration.ofSeconds(1);

	private static final Duration ENTITY_DELAY = Duration.ofSeconds(5);

	private final ConnectionOwner owner;

	private final Link<L> link;

	private final Duration attachTimeout;

	private final BackOff backOff;

	private boolean wanted;

	/** Changes with every step, so that an answer to an earlier step is recognised. */
	private int step;

	private long authorizingSince;

	private @Nullable ConnectionLife connection;

	private @Nullable L attaching;

	private @Nullable L current;

	private EventLoop.@Nullable Timer timer;

	/**
	 * Makes a keeper of a link that is not wanted yet.
	 * @param owner owns the connection
	 * @param link knows how to attach and what to do with the result
	 * @param attachTimeout how long an answer to an attach is waited for
	 */
	public LinkKeeper(ConnectionOwner owner, Link<L> link, Duration attachTimeout) {
		this.owner = owner;
		this.link = link;
		this.attachTimeout = attachTimeout;
		this.backOff = owner.newBackOff(MAX_DELAY);
	}

	/**
	 * The link is wanted from now on. Harmless when repeated.
	 */
	public void want() {
		if (!this.wanted) {
			this.wanted = true;
			this.owner.add(this);
		}
	}

	/**
	 * The link is not wanted any more: it is detached if it is there.
	 */
	public void release() {
		this.wanted = false;
		this.step++;
		cancelTimer();
		this.owner.remove(this);
		L life = (this.current != null) ? this.current : this.attaching;
		this.current = null;
		this.attaching = null;
		this.connection = null;
		if (life != null) {
			life.close();
		}
	}

	/**
	 * The attached link, {@code null} while there is none.
	 */
	public @Nullable L current() {
		return this.current;
	}

	/**
	 * The link has been of use: its next loss is repaired without delay.
	 */
	public void usefulWork() {
		this.backOff.usefulWork();
		this.owner.usefulWork();
	}

	/**
	 * Gives up a life that does not answer any more and attaches a new one.
	 */
	public void replace(L life, ServiceBusException why) {
		if (life == this.current || life == this.attaching) {
			life.close();
			failed(new LinkFailure(why, Recovery.LINK));
		}
	}

	@Override
	public String entityPath() {
		return this.link.entityPath();
	}

	@Override
	public void connectionUp(ConnectionLife newLife) {
		this.connection = newLife;
		authorize();
	}

	@Override
	public void connectionDown(LinkFailure failure) {
		this.connection = null;
		lost(failure);
	}

	private void authorize() {
		ConnectionLife life = this.connection;
		if (!this.wanted || life == null) {
			return;
		}
		if (!this.link.needsRight()) {
			attach(life.sessionForLink());
			return;
		}
		int authorizing = ++this.step;
		this.authorizingSince = this.owner.loop().nanoTime();
		cancelTimer();
		life.claims().authorize(this.link.entityPath(), new Claims.Result() {
			@Override
			public void granted() {
				if (LinkKeeper.this.step == authorizing && life.isOpen()) {
					attach(life.sessionForLink());
				}
			}

			@Override
			public void refused(LinkFailure failure) {
				if (LinkKeeper.this.step == authorizing) {
					failed(failure);
				}
			}
		});
	}

	private void attach(AmqpSession session) {
		this.step++;
		L life = this.link.attach(session);
		this.attaching = life;
		this.timer = this.owner.loop().schedule(this.attachTimeout, () -> attachTimedOut(life));
	}

	private void attachTimedOut(L life) {
		replace(life, new OperationTimeoutException(ErrorContext.of("attach", this.link.entityPath())
			.withDescription("the broker has not answered within " + this.attachTimeout.toMillis() + " ms")));
	}

	/**
	 * To be called when the peer has attached.
	 */
	public void opened(L life) {
		if (life != this.attaching) {
			return;
		}
		cancelTimer();
		this.attaching = null;
		this.current = life;
		this.link.up(life);
	}

	/**
	 * To be called when a life is over, whoever ended it.
	 */
	public void ended(L life, AmqpLink.LinkEnd end) {
		if (life != this.attaching && life != this.current) {
			return;
		}
		if (end.cause() == AmqpLink.LinkEnd.Cause.PARENT && this.connection != null && !this.connection.isOpen()) {
			// The connection is going down: its owner tells why in a moment.
			return;
		}
		ErrorContext where = ErrorContext.of("attach", this.link.entityPath());
		failed(new LinkFailure(ErrorMapper.ofLinkEnd(where, end), Recovery.of(end)));
	}

	/**
	 * A link that is refused although its token was accepted long before may only need a
	 * new token.
	 */
	private LinkFailure withoutStaleToken(LinkFailure failure) {
		boolean stale = failure.recovery() == Recovery.AUTHORIZATION && this.connection != null
				&& this.connection.claims().forget(this.link.entityPath(), this.authorizingSince);
		return stale ? new LinkFailure(failure.exception(), Recovery.LINK) : failure;
	}

	private void failed(LinkFailure cause) {
		LinkFailure failure = withoutStaleToken(cause);
		lost(failure);
		if (this.wanted && this.connection != null) {
			cancelTimer();
			this.timer = this.owner.loop().schedule(delayAfter(failure), this::authorize);
		}
	}

	private Duration delayAfter(LinkFailure failure) {
		if (failure.exception() instanceof ServiceBusServerBusyException) {
			return this.backOff.next(BUSY_DELAY);
		}
		return switch (failure.recovery()) {
			case ENTITY, FATAL -> this.backOff.next(ENTITY_DELAY);
			case AUTHORIZATION -> this.backOff.next(REFUSED_DELAY);
			default -> this.backOff.next();
		};
	}

	private void lost(LinkFailure failure) {
		this.step++;
		cancelTimer();
		L life = this.current;
		this.current = null;
		this.attaching = null;
		if (!this.link.down(life, failure)) {
			release();
		}
	}

	private void cancelTimer() {
		if (this.timer != null) {
			this.timer.cancel();
			this.timer = null;
		}
	}

	/**
	 * What a keeper keeps.
	 *
	 * @param <L> one life of the link
	 */
	public interface Link<L> {

		/**
		 * The entity on which a right has to be claimed.
		 */
		String entityPath();

		/**
		 * Returns whether a right has to be claimed before the link is attached.
		 */
		default boolean needsRight() {
			return true;
		}

		/**
		 * Attaches. The result has to report to {@link LinkKeeper#opened} and
		 * {@link LinkKeeper#ended}.
		 */
		L attach(AmqpSession session);

		/**
		 * The link is there.
		 */
		void up(L life);

		/**
		 * The link is lost, or could not be attached.
		 * @param life the life that was lost, {@code null} if it was not attached
		 * @param failure why
		 * @return whether to go on trying
		 */
		boolean down(@Nullable L life, LinkFailure failure);

	}

}
