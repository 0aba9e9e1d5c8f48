package dev.servicebus.client.amqp;

import java.util.function.Consumer;

import dev.servicebus.client.LockRenewal;
import dev.servicebus.client.LockRenewalOptions;
import dev.servicebus.client.ServiceBusException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A renewal that a program has asked for. Changed on the loop only.
 */
final class LockKeeping implements LockRenewal {

	private static final Logger logger = LoggerFactory.getLogger(LockKeeping.class);

	private final ClientCore core;

	private final LockRenewalOptions options;

	private LockRenewals.@Nullable Renewal renewal;

	private volatile boolean active = true;

	private volatile @Nullable ServiceBusException failure;

	LockKeeping(ClientCore core, LockRenewalOptions options) {
		this.core = core;
		this.options = options;
	}

	/**
	 * Begins to renew, on the loop.
	 */
	void start(RenewableLock lock) {
		if (this.active) {
			this.renewal = this.core.renewals().start(lock, this.options.maxDuration());
		}
	}

	/**
	 * The lock need not be renewed any more, on the loop.
	 */
	void stop() {
		this.active = false;
		if (this.renewal != null) {
			this.renewal.stop();
			this.renewal = null;
		}
	}

	/**
	 * The lock is lost, on the loop.
	 */
	void fail(ServiceBusException cause) {
		if (this.active) {
			this.failure = cause;
			stop();
			this.core.completions().later(() -> tell(this.options.onFailure(), cause));
		}
	}

	private static void tell(Consumer<ServiceBusException> handler, ServiceBusException cause) {
		try {
			handler.accept(cause);
		}
		catch (RuntimeException ex) {
			logger.warn("A callback for failed lock renewals has failed", ex);
		}
	}

	@Override
	public boolean isActive() {
		return this.active;
	}

	@Override
	public @Nullable ServiceBusException failure() {
		return this.failure;
	}

	@Override
	public void close() {
		this.core.executeUnlessEnded(this::stop);
	}

}
