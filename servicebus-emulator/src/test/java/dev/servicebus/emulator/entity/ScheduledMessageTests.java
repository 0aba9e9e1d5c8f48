package dev.servicebus.emulator.entity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.servicebus.emulator.delivery.QueueCounts;
import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerException;
import dev.servicebus.emulator.store.MessageSnapshot;
import dev.servicebus.emulator.store.MessageState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(10)
class ScheduledMessageTests {

	private static final Duration HOUR = Duration.ofHours(1);

	private final TestBroker broker = new TestBroker();

	private final Queue queue = this.broker.queue();

	private final ReceivableEntity source = this.queue.source(SubQueue.NONE);

	private final Instant inAnHour = this.broker.now().plus(HOUR);

	@Test
	void scheduledMessageIsDeliveredExactlyAtItsTime() {
		TestConsumer consumer = TestConsumer.peekLock(this.source).request(1);
		this.queue.schedule(List.of(TestMessage.of("a").scheduledAt(this.inAnHour)));
		this.broker.advance(HOUR.minusMillis(1));
		assertThat(consumer.deliveries).isEmpty();
		assertThat(this.source.counts()).isEqualTo(new QueueCounts(0, 0, 0, 1, 100));
		this.broker.advance(Duration.ofMillis(1));
		assertThat(consumer.ids()).containsExactly("a");
	}

	@Test
	void activationGivesANewNumberAndTime() {
		long[] numbers = this.queue.schedule(List.of(TestMessage.of("a").scheduledAt(this.inAnHour)));
		TestBroker.send(this.queue, "b");
		MessageSnapshot before = this.source.snapshot().get(0);
		assertThat(before.sequenceNumber()).isEqualTo(numbers[0]).isEqualTo(1);
		assertThat(before.state()).isEqualTo(MessageState.SCHEDULED);
		this.broker.advance(HOUR);
		assertThat(TestBroker.ids(this.source)).containsExactly("b", "a");
		MessageSnapshot after = this.source.snapshot().get(1);
		assertThat(after.sequenceNumber()).isEqualTo(3);
		assertThat(after.enqueuedTime()).isEqualTo(this.inAnHour);
		assertThat(after.state()).isEqualTo(MessageState.ACTIVE);
	}

	@Test
	void plainSendHonorsTheScheduledTime() {
		this.queue.enqueue(TestMessage.of("a").scheduledAt(this.inAnHour));
		assertThat(this.source.counts().scheduled()).isEqualTo(1);
	}

	@Test
	void timeInThePastActivatesAtOnce() {
		long[] numbers = this.queue
			.schedule(List.of(TestMessage.of("a").scheduledAt(this.broker.now()), TestMessage.of("b")));
		assertThat(numbers).containsExactly(1, 2);
		assertThat(this.source.counts()).isEqualTo(new QueueCounts(2, 0, 0, 0, 200));
	}

	@Test
	void messagesOfTheSameInstantBecomeActiveInTheOrderOfScheduling() {
		for (String id : List.of("a", "b", "c")) {
			this.queue.enqueue(TestMessage.of(id).scheduledAt(this.inAnHour));
		}
		this.broker.advance(HOUR);
		assertThat(TestConsumer.peekLock(this.source).request(3).ids()).containsExactly("a", "b", "c");
	}

	@Test
	void cancelledMessageNeverComes() {
		long[] numbers = this.queue.schedule(List.of(TestMessage.of("a").scheduledAt(this.inAnHour),
				TestMessage.of("b").scheduledAt(this.inAnHour), TestMessage.of("c").scheduledAt(this.inAnHour)));
		this.queue.cancelScheduled(numbers[0], numbers[2], numbers[0]);
		this.broker.advance(HOUR);
		assertThat(TestBroker.ids(this.source)).containsExactly("b");
		assertThat(this.broker.timers.size()).isZero();
	}

	@Test
	void cancellingSomethingElseFailsAndCancelsNothing() {
		long scheduled = this.queue.schedule(List.of(TestMessage.of("a").scheduledAt(this.inAnHour)))[0];
		TestBroker.send(this.queue, "active");
		for (long bad : new long[] { 2, 77 }) {
			BrokerException refusal = TestBroker.assertRefused(BrokerError.MESSAGE_NOT_FOUND,
					() -> this.queue.cancelScheduled(scheduled, bad));
			assertThat(refusal).hasMessageContaining("sequence number " + bad);
		}
		assertThat(this.source.counts().scheduled()).isEqualTo(1);
	}

	@Test
	void provisionalNumberIsVoidAfterActivation() {
		long number = this.queue.schedule(List.of(TestMessage.of("a").scheduledAt(this.inAnHour)))[0];
		this.broker.advance(HOUR);
		TestBroker.assertRefused(BrokerError.MESSAGE_NOT_FOUND, () -> this.queue.cancelScheduled(number));
	}

	@Test
	void timeToLiveStartsWithTheActivation() {
		this.queue.enqueue(TestMessage.of("a").scheduledAt(this.inAnHour).livingFor(Duration.ofMinutes(1)));
		this.broker.advance(HOUR);
		assertThat(this.source.snapshot().get(0).expiresAt()).isEqualTo(this.inAnHour.plusSeconds(60));
		this.broker.advance(Duration.ofMinutes(1));
		assertThat(this.source.snapshot()).isEmpty();
	}

}
