package dev.servicebus.benchmarks.scenario.lock;

import java.lang.reflect.Constructor;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.function.Function;

import dev.servicebus.benchmarks.scenario.RoundFailedException;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * What Microsoft's processor makes for every message. There is no public way to end one
 * without settling its message, so its own class is used, which needs no broker before a
 * renewal is due.
 */
final class VendorLocks implements Locks {

	private static final Duration LOCK = Duration.ofMinutes(5);

	private static final Function<String, Mono<OffsetDateTime>> RENEWAL = (token) -> Mono
		.fromSupplier(() -> OffsetDateTime.now().plus(LOCK));

	private final Constructor<?> operation = operation();

	private final String[] tokens;

	private final Disposable[] renewals;

	VendorLocks(int count) {
		this.tokens = new String[count];
		for (int i = 0; i < count; i++) {
			this.tokens[i] = UUID.randomUUID().toString();
		}
		this.renewals = new Disposable[count];
	}

	private static Constructor<?> operation() {
		try {
			Constructor<?> found = Class.forName("com.azure.messaging.servicebus.LockRenewalOperation")
				.getDeclaredConstructor(String.class, Duration.class, boolean.class, Function.class,
						OffsetDateTime.class);
			found.setAccessible(true);
			return found;
		}
		catch (ReflectiveOperationException ex) {
			throw new RoundFailedException("the peer's class has changed: " + ex.getMessage(), ex);
		}
	}

	@Override
	public void arm() {
		OffsetDateTime lockedUntil = OffsetDateTime.now().plus(LOCK);
		try {
			for (int i = 0; i < this.tokens.length; i++) {
				this.renewals[i] = (Disposable) this.operation.newInstance(this.tokens[i], LOCK, false, RENEWAL,
						lockedUntil);
			}
		}
		catch (ReflectiveOperationException ex) {
			throw new RoundFailedException("a lock could not be armed", ex);
		}
	}

	@Override
	public void cancel() {
		for (int i = 0; i < this.renewals.length; i++) {
			this.renewals[i].dispose();
			if (!this.renewals[i].isDisposed()) {
				throw new RoundFailedException("a renewal is still active");
			}
		}
	}

	@Override
	public void close() {
	}

}
