package dev.servicebus.emulator.amqp;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.type.DescribedValue;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.amqp.type.UnsignedLong;
import dev.servicebus.emulator.QueueView;
import dev.servicebus.emulator.StoredMessage;
import dev.servicebus.emulator.entity.EntityOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SessionLinkTests {

	private static final UnsignedLong DESCRIPTOR = UnsignedLong.of(0x137000000CL);

	private final TestBench bench = new TestBench((builder) -> builder.queue("orders",
			EntityOptions.builder().requiresSession(true).lockDuration(Duration.ofSeconds(30)).build()));

	private final TestClient client = this.bench.connect();

	private final TestClient other = this.bench.connect();

	private final QueueView queue = this.bench.emulator.queue("orders");

	@Test
	void filterIsAnsweredInTheShapeInWhichItCame() {
		assertThat(TestSessions.given(TestSessions.accept(this.client, "plain"))).isEqualTo("plain");
		assertThat(TestSessions.given(TestSessions.accept(this.client, ""))).isEqualTo("");
		for (Object descriptor : new Object[] { DESCRIPTOR, TestSessions.FILTER }) {
			TestReceiver receiver = TestSessions.accept(this.client, new DescribedValue(descriptor, "d" + descriptor));
			assertThat(TestSessions.given(receiver)).isEqualTo(new DescribedValue(descriptor, "d" + descriptor));
		}
	}

	@Test
	void filterThatIsNoIdIsRefused() {
		assertRefused(TestSessions.accept(this.client, 5), "com.microsoft:argument-error");
	}

	@Test
	void endOfTheLockIsToldInTicks() {
		TestReceiver receiver = TestSessions.accept(this.client, "a");
		long until = this.bench.emulator.clock().instant().plusSeconds(30).toEpochMilli();
		assertThat(receiver.link.peer().properties()).containsEntry(Symbol.of("com.microsoft:locked-until-utc"),
				621_355_968_000_000_000L + until * 10_000);
	}

	@Test
	void nextAvailableSessionIsTheOneThatHasWaitedLongest() {
		TestSessions.send(this.client, "first", "1", "2");
		TestSessions.send(this.client, "second", "3");
		TestReceiver first = TestSessions.accept(this.client, null).credit(10);
		TestReceiver second = TestSessions.accept(this.other, new DescribedValue(DESCRIPTOR, null)).credit(10);
		assertThat(TestSessions.given(first)).isEqualTo("first");
		assertThat(TestSessions.given(second)).isEqualTo(new DescribedValue(DESCRIPTOR, "second"));
		assertThat(first.ids()).containsExactly("1", "2");
		assertThat(second.ids()).containsExactly("3");
	}

	@Test
	void answerIsHeldBackUntilASessionIsThere() {
		TestReceiver receiver = this.client.attachReceiver(TestSessions.waitingFor(10_000));
		assertThat(receiver.link.isOpen()).isFalse();
		assertThat(receiver.end).isNull();
		TestSessions.send(this.other, "late", "1");
		assertThat(TestSessions.given(receiver)).isEqualTo("late");
		assertThat(receiver.credit(1).ids()).containsExactly("1");
	}

	@Test
	void waitEndsAfterTheTimeOfTheClient() {
		TestReceiver receiver = this.client.attachReceiver(TestSessions.waitingFor(10_000));
		TestReceiver patient = TestSessions.accept(this.client, null);
		advance(Duration.ofMillis(9_999));
		assertThat(receiver.end).isNull();
		advance(Duration.ofMillis(1));
		assertRefused(receiver, "com.microsoft:timeout");
		assertThat(patient.end).isNull();
		advance(Duration.ofSeconds(50));
		assertRefused(patient, "com.microsoft:timeout");
	}

	@Test
	void abandonedWaitTakesNoSession() {
		TestReceiver taken = this.client.attachReceiver(TestSessions.waitingFor(10_000));
		taken.close();
		TestClient gone = this.bench.connect();
		gone.attachReceiver(TestSessions.waitingFor(10_000));
		this.bench.run(() -> gone.connection().close(null));
		TestSessions.send(this.client, "a", "1");
		assertThat(TestSessions.accept(this.other, "a").link.isOpen()).isTrue();
	}

	@Test
	void heldSessionIsRefusedUntilItIsGivenBack() {
		TestReceiver holder = TestSessions.accept(this.client, "a");
		assertRefused(TestSessions.accept(this.other, "a"), "com.microsoft:session-cannot-be-locked");
		holder.close();
		assertThat(TestSessions.accept(this.other, "a").link.isOpen()).isTrue();
	}

	@Test
	void closingTheLinkGivesMessagesBackWithoutCounting() {
		TestSessions.send(this.client, "a", "1", "2");
		TestReceiver holder = TestSessions.accept(this.client, "a").credit(10);
		assertThat(holder.ids()).containsExactly("1", "2");
		holder.close();
		assertThat(this.queue.messages()).extracting(StoredMessage::deliveryCount).containsExactly(0, 0);
		assertThat(TestSessions.accept(this.other, null).credit(10).ids()).containsExactly("1", "2");
	}

	@Test
	void endOfTheConnectionGivesTheSessionBack() {
		TestSessions.accept(this.client, "a");
		this.bench.run(() -> this.client.connection().close(null));
		assertThat(TestSessions.accept(this.other, "a").link.isOpen()).isTrue();
	}

	@Test
	void expiryOfTheLockEndsTheLinkAndCounts() {
		TestSessions.send(this.client, "a", "1");
		TestReceiver holder = TestSessions.accept(this.client, "a").credit(1);
		assertThat(holder.ids()).containsExactly("1");
		advance(Duration.ofSeconds(30));
		assertRefused(holder, "com.microsoft:session-lock-lost");
		assertThat(this.queue.messages()).extracting(StoredMessage::deliveryCount).containsExactly(1);
		assertThat(TestSessions.accept(this.other, "a").link.isOpen()).isTrue();
	}

	@Test
	void abandonedMessageComesAgainBeforeTheNext() {
		TestSessions.send(this.client, "a", "1", "2");
		TestReceiver holder = TestSessions.accept(this.client, "a").credit(1);
		assertThat(holder.propose(holder.last(), new DeliveryState.Modified(true, false, Map.of())).state())
			.isInstanceOf(DeliveryState.Modified.class);
		holder.credit(1);
		assertThat(holder.propose(holder.last(), DeliveryState.Accepted.INSTANCE).settled()).isTrue();
		assertThat(holder.credit(1).ids()).containsExactly("1", "1", "2");
		assertThat(this.queue.messages()).hasSize(1);
	}

	@Test
	void deletionOfTheQueueEndsWaitsAndHoldings() {
		TestReceiver holder = TestSessions.accept(this.client, "a");
		TestReceiver waiting = TestSessions.accept(this.client, null);
		this.bench.emulator.deleteQueue("orders");
		this.bench.run();
		assertRefused(holder, "amqp:not-found");
		assertRefused(waiting, "amqp:not-found");
	}

	private void advance(Duration duration) {
		this.bench.emulator.clock().advance(duration);
		this.bench.run();
	}

	private static void assertRefused(TestReceiver receiver, String condition) {
		assertThat(receiver.refusal()).isNotNull();
		assertThat(receiver.refusal().condition()).hasToString(condition);
	}

}
