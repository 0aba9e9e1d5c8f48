package dev.servicebus.emulator.entity;

import java.time.Duration;
import java.util.Map;

import dev.servicebus.emulator.delivery.Settlement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(10)
class TimeToLiveTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final TestBroker broker = new TestBroker();

	private final Queue queue = this.broker.queue((options) -> options.defaultTimeToLive(MINUTE)
		.lockDuration(Duration.ofSeconds(90))
		.maxDeliveryCount(3)
		.deadLetteringOnMessageExpiration(true));

	private final ReceivableEntity source = this.queue.source(SubQueue.NONE);

	private final ReceivableEntity deadLetters = this.queue.source(SubQueue.DEAD_LETTER);

	@Test
	void expiredMessageIsDeadLetteredIfTheEntitySaysSo() {
		TestBroker.send(this.queue, "a");
		this.broker.advance(MINUTE.minusMillis(1));
		assertThat(this.queue.counts().active()).isEqualTo(1);
		this.broker.advance(Duration.ofMillis(1));
		assertThat(this.queue.counts()).isEqualTo(new EntityCounts(0, 0, 0, 0, 1, 0, 100));
		assertThat(this.deadLetters.snapshot().get(0).applicationProperties())
			.containsEntry("DeadLetterReason", "TTLExpiredException")
			.containsEntry("DeadLetterErrorDescription", "The message expired and was dead lettered.");
	}

	@Test
	void expiredMessageIsDroppedOtherwise() {
		Queue dropping = this.broker.namespace.createQueue("dropping");
		dropping.enqueue(TestMessage.of("a").livingFor(MINUTE));
		this.broker.advance(MINUTE);
		assertThat(dropping.counts()).isEqualTo(new EntityCounts(0, 0, 0, 0, 0, 0, 0));
	}

	@Test
	void shorterOfMessageAndEntityCounts() {
		this.queue.enqueue(TestMessage.of("short").livingFor(Duration.ofSeconds(10)));
		this.queue.enqueue(TestMessage.of("long").livingFor(Duration.ofDays(3)));
		assertThat(this.source.snapshot().get(0).expiresAt()).isEqualTo(this.broker.now().plusSeconds(10));
		assertThat(this.source.snapshot().get(1).expiresAt()).isEqualTo(this.broker.now().plus(MINUTE));
	}

	@Test
	void messageWithoutLimitNeverExpires() {
		Queue endless = this.broker.namespace.createQueue("endless");
		TestBroker.send(endless, "a");
		endless.enqueue(TestMessage.of("b").livingFor(Duration.ofSeconds(Long.MAX_VALUE)));
		this.broker.advance(Duration.ofDays(36_500));
		assertThat(endless.counts().active()).isEqualTo(2);
		assertThat(endless.source(SubQueue.NONE).snapshot().get(0).expiresAt()).isNull();
		assertThat(this.broker.timers.size()).isZero();
	}

	@Test
	void messageThatIsDeadOnArrivalIsNotDelivered() {
		TestConsumer consumer = TestConsumer.peekLock(this.source).request(1);
		this.queue.enqueue(TestMessage.of("a").livingFor(Duration.ZERO));
		assertThat(consumer.deliveries).isEmpty();
		assertThat(this.queue.counts().deadLettered()).isEqualTo(1);
	}

	@Test
	void lockedMessageDoesNotExpireBeforeItIsLetGo() {
		TestConsumer consumer = TestConsumer.peekLock(this.source).request(5);
		TestBroker.send(this.queue, "completed", "abandoned", "released", "forgotten");
		this.broker.advance(Duration.ofSeconds(80));
		assertThat(this.queue.counts()).isEqualTo(new EntityCounts(4, 4, 0, 0, 0, 0, 400));
		this.source.settle(consumer.deliveries.get(0).token(), Settlement.complete());
		this.source.settle(consumer.deliveries.get(1).token(), Settlement.abandon(Map.of()));
		this.source.settle(consumer.deliveries.get(2).token(), Settlement.release());
		assertThat(TestBroker.ids(this.deadLetters)).containsExactly("abandoned", "released");
		this.broker.advance(Duration.ofSeconds(10));
		assertThat(TestBroker.ids(this.deadLetters)).containsExactly("abandoned", "released", "forgotten");
		assertThat(consumer.deliveries).hasSize(4);
		assertThat(this.deadLetters.snapshot()).allSatisfy((message) -> assertThat(message.applicationProperties())
			.containsEntry("DeadLetterReason", "TTLExpiredException"));
	}

	@Test
	void deadLettersDoNotExpire() {
		TestBroker.send(this.queue, "a");
		this.broker.advance(Duration.ofDays(30));
		assertThat(this.deadLetters.snapshot().get(0).expiresAt()).isNull();
		TestConsumer consumer = TestConsumer.peekLock(this.deadLetters).request(5);
		this.broker.advance(Duration.ofDays(30));
		assertThat(consumer.ids()).contains("a");
		assertThat(this.deadLetters.counts().active()).isEqualTo(1);
	}

	@Test
	void removedMessageLeavesNoTimerBehind() {
		TestConsumer consumer = TestConsumer.receiveAndDelete(this.source).request(1);
		TestBroker.send(this.queue, "a");
		assertThat(consumer.ids()).containsExactly("a");
		assertThat(this.broker.timers.size()).isZero();
	}

}
