package dev.servicebus.client;

import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Supplier;

import dev.servicebus.message.ServiceBusReceivedMessage;
import org.jspecify.annotations.Nullable;

/**
 * Renews the locks of messages and sessions for as long as a program needs them. It has
 * no thread of its own: all locks of a client share one timer of its connection, and many
 * locks of one entity share one request.
 *
 * <pre>{@code
 * try (AutoLockRenewer renewer = new AutoLockRenewer()) {
 *     ServiceBusReceivedMessage message = receiver.receive(1, Duration.ofSeconds(5)).get(0);
 *     renewer.register(receiver, message);
 *     workForMinutes(message);
 *     receiver.complete(message);
 * }
 * }</pre>
 *
 * <p>
 * A failure is seen in {@link ServiceBusReceivedMessage#autoRenewError()},
 * {@link ServiceBusSession#autoRenewError()} and {@link LockRenewalOptions#onFailure()}.
 * Thread-safe. No method blocks.
 */
public final class AutoLockRenewer implements AutoCloseable {

	private final LockRenewalOptions defaults;

	/** By identity: neither messages nor sessions define equality. */
	private final Map<Object, LockRenewal> renewals = new WeakHashMap<>();

	private boolean closed;

	/**
	 * Renews each lock for {@link LockRenewalOptions#DEFAULT_MAX_DURATION}.
	 */
	public AutoLockRenewer() {
		this(LockRenewalOptions.DEFAULTS);
	}

	/**
	 * Makes a renewer.
	 * @param defaults how locks are renewed that are registered without options
	 */
	public AutoLockRenewer(LockRenewalOptions defaults) {
		this.defaults = defaults;
	}

	/**
	 * Renews the lock of a message until it is settled.
	 * @param receiver where the message was received
	 */
	public LockRenewal register(ServiceBusReceiver receiver, ServiceBusReceivedMessage message) {
		return register(receiver, message, this.defaults);
	}

	/**
	 * Renews the lock of a message until it is settled. One that was settled before
	 * counts as lost, which the options' callback hears.
	 * @param receiver where the message was received
	 * @throws IllegalArgumentException if the message has no lock of its own: it was
	 * peeked, received in {@link ReceiveMode#RECEIVE_AND_DELETE}, or belongs to a session
	 * @throws IllegalStateException if its lock is being renewed already, or this renewer
	 * is closed
	 */
	public LockRenewal register(ServiceBusReceiver receiver, ServiceBusReceivedMessage message,
			LockRenewalOptions options) {
		return add(message, () -> receiver.keepLocked(message, options));
	}

	/**
	 * Renews the lock of a session until its receiver is closed.
	 */
	public LockRenewal register(ServiceBusSession session) {
		return register(session, this.defaults);
	}

	/**
	 * Renews the lock of a session until its receiver is closed.
	 * @throws IllegalStateException if its lock is being renewed already, or this renewer
	 * is closed
	 */
	public LockRenewal register(ServiceBusSession session, LockRenewalOptions options) {
		return add(session, () -> session.keepLocked(options));
	}

	private synchronized LockRenewal add(Object renewable, Supplier<LockRenewal> start) {
		if (this.closed) {
			throw new IllegalStateException("The renewer is closed");
		}
		@Nullable LockRenewal earlier = this.renewals.get(renewable);
		if (earlier != null && earlier.isActive()) {
			throw new IllegalStateException("The lock is registered already: " + renewable);
		}
		LockRenewal renewal = start.get();
		this.renewals.put(renewable, renewal);
		return renewal;
	}

	/**
	 * Ends all renewals; the locks then run out. Harmless when repeated.
	 */
	@Override
	public synchronized void close() {
		this.closed = true;
		List.copyOf(this.renewals.values()).forEach(LockRenewal::close);
		this.renewals.clear();
	}

}
