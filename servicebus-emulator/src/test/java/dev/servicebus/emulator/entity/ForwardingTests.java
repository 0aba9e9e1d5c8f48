package dev.servicebus.emulator.entity;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import dev.servicebus.emulator.delivery.Settlement;
import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.servicebus.emulator.entity.TestBroker.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(10)
class ForwardingTests {

	private final TestBroker broker = new TestBroker();

	private final Namespace namespace = this.broker.namespace;

	@Test
	void messagesGoOnAtOnce() {
		Queue first = queue("first", (options) -> options.forwardTo("sb://host/Second"));
		Queue second = queue("second", (options) -> options);
		TestBroker.send(second, "x");
		TestBroker.send(first, "a");
		first.enqueue(List.of(TestMessage.of("b"), TestMessage.of("c")));
		assertThat(ids(second, SubQueue.NONE)).containsExactly("x", "a", "b", "c");
		assertThat(first.counts().active()).isZero();
		BrokerMessage message = second.source(SubQueue.NONE).peek(2, 1).get(0);
		assertThat(message.sequenceNumber()).isEqualTo(2);
		assertThat(message.origin().sequenceNumber()).isEqualTo(1);
		assertThat(message.origin().hops()).isEqualTo(1);
		assertThat(message.origin().deadLetterSource()).isNull();
	}

	@Test
	void scheduledMessageGoesOnAtItsTime() {
		Queue first = queue("first", (options) -> options.forwardTo("second"));
		Queue second = queue("second", (options) -> options);
		first.enqueue(TestMessage.of("a").scheduledAt(this.broker.now().plusSeconds(5)));
		assertThat(first.counts().scheduled()).isEqualTo(1);
		this.broker.advance(Duration.ofSeconds(5));
		assertThat(ids(second, SubQueue.NONE)).containsExactly("a");
	}

	@Test
	void fifthHopIsRefusedWhereTheMessageIs() {
		Queue a = queue("a", (options) -> options.forwardTo("b"));
		Queue b = queue("b", (options) -> options.forwardTo("a"));
		TestBroker.send(a, "m");
		assertThat(ids(a, SubQueue.DEAD_LETTER)).containsExactly("m");
		assertThat(reason(a, SubQueue.DEAD_LETTER)).isEqualTo("MaxTransferHopCountExceeded");
		assertThat(a.counts().active() + b.counts().active() + b.counts().deadLettered()).isZero();
	}

	@Test
	void fourHopsAreAllowed() {
		Queue first = queue("q0", (options) -> options.forwardTo("q1"));
		for (int i = 1; i < 4; i++) {
			String next = "q" + (i + 1);
			queue("q" + i, (options) -> options.forwardTo(next));
		}
		Queue last = queue("q4", (options) -> options);
		TestBroker.send(first, "m");
		assertThat(ids(last, SubQueue.NONE)).containsExactly("m");
	}

	@Test
	void refusedMessageIsADeadLetterOfItsSource() {
		Queue first = queue("first", (options) -> options.forwardTo("second"));
		TestBroker.send(first, "lost");
		Queue second = queue("second", (options) -> options.status(EntityStatus.DISABLED));
		TestBroker.send(first, "refused");
		assertThat(ids(first, SubQueue.DEAD_LETTER)).containsExactly("lost", "refused");
		assertThat(second.counts().active()).isZero();
	}

	@Test
	void messageWithoutSessionCannotGoToSessions() {
		Queue first = queue("first", (options) -> options.forwardTo("second"));
		Queue second = queue("second", (options) -> options.requiresSession(true));
		first.enqueue(List.of(TestMessage.of("a"), TestMessage.of("b").in("B")));
		assertThat(reason(first, SubQueue.DEAD_LETTER)).isEqualTo("Session ID is null.");
		assertThat(TestSession.accept(second.source(SubQueue.NONE), "B").request(1).ids).containsExactly("b");
	}

	@Test
	void deadLettersGoOnWithTheirReason() {
		Queue first = queue("first", (options) -> options.forwardDeadLetteredMessagesTo("second"));
		Queue second = queue("second", (options) -> options);
		TestBroker.send(first, "a");
		TestConsumer consumer = TestConsumer.peekLock(first.source(SubQueue.NONE)).request(1);
		first.source(SubQueue.NONE).settle(consumer.lastToken(), Settlement.deadLetter("bad", null, Map.of()));
		assertThat(ids(second, SubQueue.NONE)).containsExactly("a");
		assertThat(reason(second, SubQueue.NONE)).isEqualTo("bad");
		assertThat(second.source(SubQueue.NONE).peek(0, 1).get(0).origin().deadLetterSource()).isEqualTo("first");
	}

	@Test
	void deadLetterThatCannotGoOnIsATransferDeadLetter() {
		Queue first = queue("first", (options) -> options.forwardTo("none").forwardDeadLetteredMessagesTo("none"));
		TestBroker.send(first, "a");
		assertThat(ids(first, SubQueue.TRANSFER_DEAD_LETTER)).containsExactly("a");
		assertThat(first.counts().transferDeadLettered()).isEqualTo(1);
	}

	@Test
	void subscriptionForwardsAndTopicTakes() {
		this.namespace.createTopic("news");
		this.namespace.createSubscription("news", "all", EntityOptions.builder().forwardTo("more").build());
		Topic more = this.namespace.createTopic("more");
		Subscription subscription = more.createSubscription("all", EntityOptions.DEFAULTS);
		this.namespace.topic("news").enqueue(TestMessage.of("a"));
		assertThat(TestBroker.ids(subscription.source(SubQueue.NONE))).containsExactly("a");
	}

	@Test
	void forwardingEntityIsNotReceivedFrom() {
		Queue first = queue("first", (options) -> options.forwardTo("second"));
		queue("second", (options) -> options);
		assertRefused(BrokerError.NOT_ALLOWED, () -> TestConsumer.peekLock(first.source(SubQueue.NONE)));
		TestConsumer.peekLock(first.source(SubQueue.DEAD_LETTER));
	}

	@Test
	void sessionsCannotBeForwarded() {
		assertRefused(BrokerError.ARGUMENT_ERROR,
				() -> queue("first", (options) -> options.forwardTo("second").requiresSession(true)));
	}

	@Test
	void forwardingBeginsAndEndsWithTheOptions() {
		Queue first = queue("first", (options) -> options);
		Queue second = queue("second", (options) -> options);
		TestBroker.send(first, "a");
		first.update(EntityOptions.builder().forwardTo("second").build());
		assertThat(ids(second, SubQueue.NONE)).containsExactly("a");
		first.update(EntityOptions.builder().forwardTo("second").status(EntityStatus.RECEIVE_DISABLED).build());
		TestBroker.send(first, "b");
		first.update(EntityOptions.DEFAULTS);
		TestBroker.send(first, "c");
		assertThat(ids(second, SubQueue.NONE)).containsExactly("a", "b");
		assertThat(ids(first, SubQueue.NONE)).containsExactly("c");
	}

	private Queue queue(String path, UnaryOperator<EntityOptionsBuilder> options) {
		return this.namespace.createQueue(path, options.apply(EntityOptions.builder()).build());
	}

	private static List<String> ids(Queue queue, SubQueue part) {
		return TestBroker.ids(queue.source(part));
	}

	private static Object reason(Queue queue, SubQueue part) {
		return queue.source(part).snapshot().get(0).applicationProperties().get("DeadLetterReason");
	}

}
