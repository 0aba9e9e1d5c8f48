package dev.servicebus.client.amqp;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.simulation.SimulatedNetwork;
import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.AutoLockRenewTimeoutException;
import dev.servicebus.client.MessageLockLostException;
import dev.servicebus.client.OperationTimeoutException;
import dev.servicebus.client.ServiceBusException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class LockRenewalsTests {

	private static final Duration LOCK = Duration.ofSeconds(60);

	private final SimulatedNetwork network = SimulatedNetwork.orderly();

	private final EventLoop loop = this.network.nextLoop();

	private final LockRenewals renewals = new LockRenewals(this.loop);

	private final Broker broker = new Broker();

	@Test
	void manyLocksCostFewRequests() {
		for (int second = 0; second < 20; second++) {
			onLoop(() -> {
				for (int i = 0; i < 500; i++) {
					this.renewals.start(new Lock(), Duration.ofHours(1));
				}
			});
			this.network.time().advance(Duration.ofSeconds(1));
		}
		assertThat(this.renewals.size()).isEqualTo(10_000);
		this.network.time().advance(Duration.ofSeconds(30));

		assertThat(this.broker.requests).hasSize(100).allMatch((size) -> size == 100);
	}

	@Test
	void lockIsRenewedAtHalfItsTimeAndNeverLater() {
		Lock lock = new Lock();
		onLoop(() -> this.renewals.start(lock, Duration.ofMinutes(10)));
		this.network.time().advance(Duration.ofMinutes(9));

		assertThat(this.broker.requests).hasSizeBetween(18, 19);
		assertThat(lock.ended).isNull();
	}

	@Test
	void stoppedRenewalIsForgotten() {
		List<LockRenewals.Renewal> started = new ArrayList<>();
		onLoop(() -> {
			for (int i = 0; i < 1000; i++) {
				started.add(this.renewals.start(new Lock(), Duration.ofHours(1)));
			}
			started.forEach(LockRenewals.Renewal::stop);
		});
		assertThat(this.renewals.size()).isZero();
		this.network.time().advance(Duration.ofMinutes(5));
		assertThat(this.broker.requests).isEmpty();
	}

	@Test
	void oneBadLockFailsAlone() {
		List<Lock> locks = new ArrayList<>();
		onLoop(() -> {
			for (int i = 0; i < 10; i++) {
				locks.add(new Lock());
				this.renewals.start(locks.get(i), Duration.ofHours(1));
			}
		});
		this.broker.bad = locks.get(3);
		this.network.time().advance(Duration.ofSeconds(40));

		assertThat(locks.get(3).ended).hasCauseInstanceOf(MessageLockLostException.class);
		locks.remove(3);
		assertThat(locks).allSatisfy((lock) -> assertThat(lock.ended).isNull());
		assertThat(this.renewals.size()).isEqualTo(9);
	}

	@Test
	void endOfARenewalIsAnnouncedAQuarterOfTheLockBefore() {
		Lock lock = new Lock();
		onLoop(() -> this.renewals.start(lock, Duration.ofSeconds(70)));
		this.network.time().advance(Duration.ofSeconds(74));
		assertThat(lock.announced).isZero();
		this.network.time().advance(Duration.ofSeconds(1));
		assertThat(lock.announced).isEqualTo(1);
		this.network.time().advance(Duration.ofSeconds(14));
		assertThat(lock.ended).isNull();
		this.network.time().advance(Duration.ofSeconds(1));
		assertThat(lock.ended).isInstanceOf(AutoLockRenewTimeoutException.class);
		assertThat(lock.announced).isEqualTo(1);
	}

	@Test
	void lockThatIsOnlyWatchedIsAnnouncedAndEndsWithoutARequest() {
		Lock lock = new Lock();
		onLoop(() -> this.renewals.start(lock, Duration.ZERO));
		this.network.time().advance(Duration.ofSeconds(46));
		assertThat(lock.announced).isEqualTo(1);
		this.network.time().advance(Duration.ofSeconds(15));
		assertThat(lock.ended).isInstanceOf(AutoLockRenewTimeoutException.class);
		assertThat(this.broker.requests).isEmpty();
	}

	@Test
	void firstRenewalThatFailsIsNoReasonToWorryTheSecondIs() {
		Lock lock = new Lock();
		this.broker.failing = true;
		onLoop(() -> this.renewals.start(lock, Duration.ofHours(1)));
		this.network.time().advance(Duration.ofSeconds(40));
		assertThat(this.broker.requests).hasSize(1);
		assertThat(lock.announced).isZero();
		this.network.time().advance(Duration.ofSeconds(6));
		assertThat(lock.announced).isEqualTo(1);
		this.broker.failing = false;
		this.network.time().advance(Duration.ofMinutes(10));
		assertThat(lock.announced).isEqualTo(1);
		assertThat(lock.ended).isNull();
	}

	@Test
	void extendedRenewalIsAnnouncedAgain() {
		Lock lock = new Lock();
		List<LockRenewals.Renewal> started = new ArrayList<>();
		onLoop(() -> started.add(this.renewals.start(lock, Duration.ofSeconds(30))));
		this.network.time().advance(Duration.ofSeconds(50));
		assertThat(lock.announced).isEqualTo(1);
		onLoop(() -> started.get(0).extend());
		this.network.time().advance(Duration.ofMinutes(3));
		assertThat(lock.announced).isEqualTo(2);
	}

	private void onLoop(Runnable task) {
		this.loop.execute(task);
		this.network.time().runUntilIdle();
	}

	private OffsetDateTime now() {
		return this.loop.clock().instant().atOffset(ZoneOffset.UTC);
	}

	private final class Broker implements LockRenewer {

		private final List<Integer> requests = new ArrayList<>();

		private @Nullable RenewableLock bad;

		private boolean failing;

		@Override
		public String entityPath() {
			return "orders";
		}

		@Override
		public int locksPerRequest() {
			return 100;
		}

		@Override
		public void renew(List<RenewableLock> locks, Duration limit, Completion<List<Instant>> completion) {
			this.requests.add(locks.size());
			if (this.failing) {
				completion.failure(new OperationTimeoutException(ErrorContext.of("renew-lock", "orders")));
			}
			else if (locks.contains(this.bad)) {
				completion.failure(new MessageLockLostException(ErrorContext.of("renew-lock", "orders")));
			}
			else {
				completion.success(Collections.nCopies(locks.size(), now().plus(LOCK).toInstant()));
			}
		}

	}

	private final class Lock implements RenewableLock {

		private final UUID token = UUID.randomUUID();

		private OffsetDateTime until = now().plus(LOCK);

		private @Nullable ServiceBusException ended;

		private int announced;

		@Override
		public LockRenewer renewer() {
			return LockRenewalsTests.this.broker;
		}

		@Override
		public UUID lockToken() {
			return this.token;
		}

		@Override
		public OffsetDateTime lockedUntil() {
			return this.until;
		}

		@Override
		public void renewed(Instant newLockedUntil) {
			this.until = newLockedUntil.atOffset(ZoneOffset.UTC);
		}

		@Override
		public void expiring() {
			this.announced++;
		}

		@Override
		public void renewalEnded(ServiceBusException failure) {
			this.ended = failure;
		}

	}

}
