package dev.servicebus.emulator.entity;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.servicebus.emulator.delivery.Settlement;
import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.transaction.Transaction;
import dev.servicebus.emulator.transaction.Transactions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class TransactionTests {

	private final TestBroker broker = new TestBroker();

	private final Transactions transactions = new Transactions(this.broker.timers, UUID::randomUUID);

	private final Transaction transaction = this.transactions.declare();

	private final Queue queue = this.broker.queue();

	@Test
	void oneRefusalAtTheCommitUndoesEverything() {
		Queue other = this.broker.namespace.createQueue("other");
		TestBroker.send(this.queue, "old");
		TestConsumer consumer = receive();
		this.transaction.send(this.queue, List.of(TestMessage.of("new")));
		this.transaction.settle(source(), List.of(consumer.lastToken()), Settlement.complete());
		this.transaction.send(other, List.of(TestMessage.of("other")));
		this.broker.namespace.deleteQueue("other");
		TestBroker.assertRefused(BrokerError.TRANSACTION_ROLLED_BACK, this::commit);
		assertThat(TestBroker.ids(source())).containsExactly("old");
		source().settle(consumer.lastToken(), Settlement.complete());
		assertThat(TestBroker.ids(source())).isEmpty();
	}

	@Test
	void waitingMessagesCountAgainstTheQuota() {
		long half = 512 * 1024;
		EntityOptions small = EntityOptions.builder().maxSizeInMegabytes(1).maxMessageSize(half).build();
		Queue full = this.broker.namespace.createQueue("small", small);
		this.transaction.send(full, List.of(TestMessage.of("1").ofSize(half)));
		full.enqueue(TestMessage.of("2").ofSize(half));
		TestBroker.assertRefused(BrokerError.RESOURCE_LIMIT_EXCEEDED, () -> full.enqueue(TestMessage.of("3")));
		this.transactions.rollBack(this.transaction.id());
		full.enqueue(TestMessage.of("4"));
	}

	@Test
	void duplicatesAreDroppedAtTheCommit() {
		Queue detecting = this.broker.namespace.createQueue("detecting",
				EntityOptions.builder().duplicateDetectionWindow(Duration.ofMinutes(1)).build());
		this.transaction.send(detecting, List.of(TestMessage.of("1"), TestMessage.of("1"), TestMessage.of("2")));
		TestBroker.send(detecting, "2");
		commit();
		assertThat(TestBroker.ids(detecting.source(SubQueue.NONE))).containsExactly("2", "1");
	}

	@Test
	void topicGivesCopiesAtTheCommit() {
		Topic topic = this.broker.namespace.createTopic("news");
		Subscription subscription = topic.createSubscription("all", EntityOptions.DEFAULTS);
		this.transaction.send(topic, List.of(TestMessage.of("1")));
		assertThat(subscription.counts().active()).isZero();
		commit();
		assertThat(subscription.counts().active()).isOne();
	}

	@Test
	void scheduledNumbersAreGoodAfterTheCommit() {
		long[] numbers = this.transaction.schedule(this.queue,
				List.of(TestMessage.of("1").scheduledAt(this.broker.now().plusSeconds(60))));
		TestBroker.assertRefused(BrokerError.MESSAGE_NOT_FOUND, () -> this.queue.cancelScheduled(numbers));
		commit();
		this.queue.cancelScheduled(numbers);
		assertThat(this.queue.counts().scheduled()).isZero();
	}

	@Test
	void scheduledTimeThatPassesBeforeTheCommitMakesTheMessageActive() {
		this.transaction.schedule(this.queue,
				List.of(TestMessage.of("1").scheduledAt(this.broker.now().plusSeconds(60))));
		this.broker.advance(Duration.ofSeconds(61));
		commit();
		assertThat(this.queue.counts().active()).isOne();
	}

	@Test
	void hundredMessagesAreTheLimit() {
		List<TestMessage> hundred = IntStream.range(0, 100).mapToObj((i) -> TestMessage.of("m" + i)).toList();
		this.transaction.send(this.queue, hundred);
		TestBroker.assertRefused(BrokerError.NOT_ALLOWED,
				() -> this.transaction.send(this.queue, List.of(TestMessage.of("one more"))));
		TestBroker.assertRefused(BrokerError.TRANSACTION_ROLLED_BACK, this::commit);
		assertThat(this.queue.counts().active()).isZero();
	}

	@Test
	void lockLastsAsLongAsTheTransactionAndEndsWithARollBack() {
		TestBroker.send(this.queue, "1");
		TestConsumer consumer = receive();
		this.transaction.settle(source(), List.of(consumer.lastToken()), Settlement.complete());
		this.broker.advance(Duration.ofSeconds(90));
		assertThat(this.queue.counts().locked()).isOne();
		consumer.request(1);
		this.transactions.rollBack(this.transaction.id());
		assertThat(consumer.last().deliveryCount()).isOne();
	}

	@Test
	void renewedLockGoesOnAfterARollBack() {
		TestBroker.send(this.queue, "1");
		TestConsumer consumer = receive();
		List<UUID> tokens = List.of(consumer.lastToken());
		this.transaction.settle(source(), tokens, Settlement.complete());
		this.broker.advance(Duration.ofSeconds(90));
		source().renewLocks(tokens);
		this.transactions.rollBack(this.transaction.id());
		this.broker.advance(Duration.ofSeconds(59));
		source().settle(tokens, Settlement.complete());
	}

	@Test
	void purgedMessageFailsTheCommit() {
		TestBroker.send(this.queue, "1");
		this.transaction.settle(source(), List.of(receive().lastToken()), Settlement.complete());
		this.transaction.send(this.queue, List.of(TestMessage.of("2")));
		this.queue.purge();
		TestBroker.assertRefused(BrokerError.TRANSACTION_ROLLED_BACK, this::commit);
		assertThat(TestBroker.ids(source())).isEmpty();
	}

	@Test
	void deadLetterCannotBeDeadLetteredInATransactionEither() {
		TestBroker.send(this.queue, "1");
		source().settle(receive().lastToken(), Settlement.deadLetter(null, null, Map.of()));
		ReceivableEntity deadLetters = this.queue.source(SubQueue.DEAD_LETTER);
		UUID token = TestConsumer.peekLock(deadLetters).request(1).lastToken();
		TestBroker.assertRefused(BrokerError.NOT_ALLOWED, () -> this.transaction.settle(deadLetters, List.of(token),
				Settlement.deadLetter(null, null, Map.of())));
		deadLetters.settle(token, Settlement.complete());
	}

	@Test
	void closedSessionStaysTakenUntilItsMessagesAreDecided() {
		Queue sessions = this.broker.namespace.createQueue("sessions",
				EntityOptions.builder().requiresSession(true).build());
		sessions.enqueue(TestMessage.of("1").in("a"));
		sessions.enqueue(TestMessage.of("2").in("a"));
		ReceivableEntity source = sessions.source(SubQueue.NONE);
		TestSession holder = TestSession.accept(source, "a").request(1);
		this.transaction.settle(source, List.of(holder.token("1")), Settlement.complete());
		holder.session.close();
		TestBroker.assertRefused(BrokerError.SESSION_CANNOT_BE_LOCKED, () -> source.sessions().accept("a"));
		this.transactions.rollBack(this.transaction.id());
		assertThat(TestSession.accept(source, "a").request(2).ids).containsExactly("1", "2");
	}

	@Test
	void expiredSessionStillCommits() {
		Queue sessions = this.broker.namespace.createQueue("sessions",
				EntityOptions.builder().requiresSession(true).build());
		sessions.enqueue(TestMessage.of("1").in("a"));
		sessions.enqueue(TestMessage.of("2").in("a"));
		ReceivableEntity source = sessions.source(SubQueue.NONE);
		TestSession holder = TestSession.accept(source, "a").request(1);
		this.transaction.settle(source, List.of(holder.token("1")), Settlement.complete());
		this.broker.advance(Duration.ofSeconds(61));
		commit();
		assertThat(TestSession.accept(source, "a").request(2).ids).containsExactly("2");
	}

	@Test
	void endedTransactionIsForgottenAndNothingIsLeftBehind() {
		int timers = this.broker.timers.size();
		Transaction late = this.transactions.declare();
		late.send(this.queue, List.of(TestMessage.of("1")));
		this.broker.advance(Transaction.TIMEOUT);
		TestBroker.assertRefused(BrokerError.TRANSACTION_TIMED_OUT,
				() -> late.send(this.queue, List.of(TestMessage.of("2"))));
		TestBroker.assertRefused(BrokerError.TRANSACTION_TIMED_OUT, () -> this.transactions.commit(late.id()));
		TestBroker.assertRefused(BrokerError.TRANSACTION_UNKNOWN, () -> this.transactions.commit(late.id()));
		commit();
		assertThat(this.transactions.size()).isZero();
		assertThat(this.broker.timers.size()).isEqualTo(timers);
	}

	@Test
	void thereIsALimitThatTransactionsOutOfTimeDoNotCountAgainst() {
		for (int i = 1; i < Transactions.MAX_TRANSACTIONS; i++) {
			this.transactions.declare().send(this.queue, List.of(TestMessage.of("m" + i)));
		}
		TestBroker.assertRefused(BrokerError.RESOURCE_LIMIT_EXCEEDED, this.transactions::declare);
		this.broker.advance(Transaction.TIMEOUT);
		this.transactions.declare();
		assertThat(this.transactions.size()).isEqualTo(2);
	}

	private void commit() {
		this.transactions.commit(this.transaction.id());
	}

	private TestConsumer receive() {
		return TestConsumer.peekLock(source()).request(1);
	}

	private ReceivableEntity source() {
		return this.queue.source(SubQueue.NONE);
	}

}
