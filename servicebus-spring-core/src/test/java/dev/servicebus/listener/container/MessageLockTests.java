package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.client.MessageAlreadySettledException;
import dev.servicebus.client.MessageLockLostException;
import dev.servicebus.listener.ListenerContext;
import dev.servicebus.listener.MessageLock;
import dev.servicebus.listener.SettlementMode;
import dev.servicebus.listener.support.FakeClient;
import dev.servicebus.listener.support.FakeSource;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class MessageLockTests {

	private final ContainerFixture fixture = new ContainerFixture();

	private final CompletableFuture<Void> end = new CompletableFuture<>();

	private final AtomicInteger told = new AtomicInteger();

	private ServiceBusReceivedMessage message;

	private MessageLock lock;

	@Test
	void listenerHearsOfTheLossOnAThreadOfTheContainer() {
		FakeSource source = begin();
		this.lock.onLost(this.told::incrementAndGet);
		source.loseLock(this.message);
		assertThat(this.lock.isLost()).isTrue();
		assertThat(this.told).hasValue(0);
		this.fixture.executor.runAll();
		assertThat(this.told).hasValue(1);
	}

	@Test
	void listenerThatAsksLateHearsOfTheLossAtOnce() {
		FakeSource source = begin();
		source.loseLock(this.message);
		this.lock.onLost(this.told::incrementAndGet);
		this.fixture.executor.runAll();
		assertThat(this.told).hasValue(1);
	}

	@Test
	void everyActionRunsOnceWhateverAnotherThrows() {
		FakeSource source = begin();
		this.lock.onLost(() -> {
			throw new IllegalStateException("not mine");
		});
		this.lock.onLost(this.told::incrementAndGet);
		source.loseLock(this.message);
		this.lock.onLost(this.told::incrementAndGet);
		this.fixture.executor.runAll();
		assertThat(this.told).hasValue(2);
	}

	@Test
	void listenerHearsOfTheLossWhenThereIsAThreadAgain() {
		FakeSource source = begin();
		this.lock.onLost(this.told::incrementAndGet);
		this.fixture.executor.reject(true);
		source.loseLock(this.message);
		this.fixture.executor.reject(false);
		this.fixture.advance(Duration.ofSeconds(1));
		assertThat(this.told).hasValue(1);
		assertThat(this.fixture.monitor.events()).contains("executorRejected");
	}

	@Test
	void messageThatIsSettledLosesNothing() {
		FakeSource source = begin();
		this.lock.onLost(this.told::incrementAndGet);
		this.end.complete(null);
		source.loseLock(this.message);
		this.fixture.executor.runAll();
		assertThat(this.told).hasValue(0);
		assertThat(this.lock.isLost()).isFalse();
		assertThatExceptionOfType(MessageAlreadySettledException.class).isThrownBy(this.lock::renew);
	}

	@Test
	void nothingIsSettledAfterTheLoss() {
		FakeSource source = begin();
		source.loseLock(this.message);
		this.end.complete(null);
		assertThat(source.settled()).isEmpty();
		assertThat(this.fixture.monitor.events()).containsExactly("lockLost", "resultDiscarded");
	}

	@Test
	void lostLockIsNotRenewed() {
		FakeSource source = begin();
		assertThat(this.lock.renew()).isEqualTo("2030-01-01T00:01Z");
		source.loseLock(this.message);
		assertThatExceptionOfType(MessageLockLostException.class).isThrownBy(this.lock::renew);
		assertThat(source.renewals()).isEqualTo(1);
	}

	@Test
	void actionsBelongToTheirAttempt() {
		List<ListenerContext> attempts = new ArrayList<>();
		FakeSource source = this.fixture.start((received, context) -> {
			this.message = received;
			attempts.add(context);
			context.lock().onLost(this.told::incrementAndGet);
			context.settleAfter((attempts.size() == 1)
					? CompletableFuture.failedFuture(new IllegalStateException("not yet")) : this.end);
		});
		this.fixture.handle("a");
		this.fixture.advance(ContainerFixture.RETRY.delay());
		assertThat(attempts).hasSize(2);
		source.loseLock(this.message);
		this.fixture.executor.runAll();
		assertThat(this.told).hasValue(1);
	}

	@Test
	void deletedMessageHasNoLock() {
		List<Object> locks = new ArrayList<>();
		this.fixture.options((options) -> options.settlement(SettlementMode.RECEIVE_AND_DELETE))
			.start((received, context) -> locks.add(context.lock()));
		this.fixture.client.source().publish(ServiceBusReceivedMessage.of(ServiceBusMessage.of("a"), null));
		this.fixture.executor.runAll();
		assertThat(locks).hasSize(1).containsOnlyNulls();
	}

	private FakeSource begin() {
		FakeSource source = this.fixture.start((received, context) -> {
			this.lock = context.lock();
			context.settleAfter(this.end);
		});
		this.message = FakeClient.message("a");
		source.publish(this.message);
		this.fixture.executor.runAll();
		return source;
	}

}
