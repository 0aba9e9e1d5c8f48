package dev.servicebus.benchmarks.scenario.lock;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.amqp.transport.netty.NettyNetwork;
import dev.servicebus.benchmarks.scenario.RoundFailedException;

/**
 * What our receivers do for every message, on the loop that does it. The class for it is
 * not public, either.
 */
final class OwnLocks implements Locks {

	private static final Duration LOCK = Duration.ofMinutes(5);

	private static final String PACKAGE = "dev.servicebus.client.amqp.";

	private static final MethodHandle NEW;

	private static final MethodHandle START;

	private static final MethodHandle STOP;

	private static final MethodHandle SIZE;

	private static final Object LOCKED;

	static {
		try {
			Class<?> renewals = Class.forName(PACKAGE + "LockRenewals");
			Class<?> renewal = Class.forName(PACKAGE + "LockRenewals$Renewal");
			Class<?> lock = Class.forName(PACKAGE + "RenewableLock");
			OffsetDateTime lockedUntil = OffsetDateTime.now().plus(Duration.ofDays(1));
			LOCKED = Proxy.newProxyInstance(lock.getClassLoader(), new Class<?>[] { lock },
					(proxy, method, arguments) -> lockedUntil);
			MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(renewals, MethodHandles.lookup());
			NEW = lookup.findConstructor(renewals, MethodType.methodType(void.class, EventLoop.class))
				.asType(MethodType.methodType(Object.class, EventLoop.class));
			START = lookup.findVirtual(renewals, "start", MethodType.methodType(renewal, lock, Duration.class))
				.asType(MethodType.methodType(Object.class, Object.class, Object.class, Duration.class));
			STOP = lookup.findVirtual(renewal, "stop", MethodType.methodType(void.class))
				.asType(MethodType.methodType(void.class, Object.class));
			SIZE = lookup.findVirtual(renewals, "size", MethodType.methodType(int.class))
				.asType(MethodType.methodType(int.class, Object.class));
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private final NettyNetwork network = NettyNetwork.create();

	private final EventLoop loop = this.network.nextLoop();

	private final Object[] armed;

	private final Object renewals;

	OwnLocks(int count) {
		this.armed = new Object[count];
		try {
			this.renewals = NEW.invoke(this.loop);
		}
		catch (Throwable ex) {
			throw failed(ex);
		}
	}

	@Override
	public void arm() {
		onLoop(() -> {
			for (int i = 0; i < this.armed.length; i++) {
				this.armed[i] = (Object) START.invokeExact(this.renewals, LOCKED, LOCK);
			}
			require(this.armed.length);
		});
	}

	@Override
	public void cancel() {
		onLoop(() -> {
			for (Object renewal : this.armed) {
				STOP.invokeExact(renewal);
			}
			require(0);
		});
	}

	private void require(int expected) throws Throwable {
		int size = (int) SIZE.invokeExact(this.renewals);
		if (size != expected) {
			throw new RoundFailedException(size + " instead of " + expected + " locks are renewed");
		}
	}

	private void onLoop(Task task) {
		CompletableFuture<Void> end = new CompletableFuture<>();
		this.loop.execute(() -> {
			try {
				task.run();
				end.complete(null);
			}
			catch (Throwable ex) {
				end.completeExceptionally(ex);
			}
		});
		try {
			end.get(1, TimeUnit.MINUTES);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw failed(ex);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw failed(ex);
		}
	}

	private static RoundFailedException failed(Throwable cause) {
		return new RoundFailedException("locks could not be armed or cancelled: " + cause, cause);
	}

	@Override
	public void close() {
		this.network.close();
	}

	/**
	 * Part of a round.
	 */
	@FunctionalInterface
	private interface Task {

		void run() throws Throwable;

	}

}
