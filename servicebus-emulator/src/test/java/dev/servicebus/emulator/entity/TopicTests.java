package dev.servicebus.emulator.entity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.servicebus.emulator.entity.CopyRules.Copies;
import dev.servicebus.emulator.rule.Rule;
import dev.servicebus.emulator.rule.SqlFilter;
import dev.servicebus.emulator.rule.SqlRuleAction;
import dev.servicebus.emulator.rule.TrueFilter;
import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.MessageSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.servicebus.emulator.entity.TestBroker.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(10)
class TopicTests {

	private final TestBroker broker = new TestBroker();

	private final Namespace namespace = this.broker.namespace;

	private final Topic topic = this.namespace.createTopic("news");

	@Test
	void everySubscriptionGetsACopy() {
		Subscription one = subscribe("one");
		Subscription two = subscribe("two");
		this.topic.enqueue(TestMessage.of("a"));
		this.topic.enqueue(List.of(TestMessage.of("b"), TestMessage.of("c")));
		assertThat(ids(one)).containsExactly("a", "b", "c");
		assertThat(ids(two)).containsExactly("a", "b", "c");
		TestConsumer consumer = TestConsumer.peekLock(two.source(SubQueue.NONE)).request(1);
		assertThat(consumer.ids()).containsExactly("a");
		assertThat(one.counts().locked()).isZero();
	}

	@Test
	void copyLivesNoLongerThanTopicAndSubscriptionAllow() {
		this.topic.update(EntityOptions.builder().defaultTimeToLive(Duration.ofSeconds(20)).build());
		Subscription longer = subscribe("longer");
		Subscription shorter = this.namespace.createSubscription("news", "shorter",
				EntityOptions.builder().defaultTimeToLive(Duration.ofSeconds(10)).build());
		this.topic.enqueue(TestMessage.of("default"));
		this.topic.enqueue(TestMessage.of("short").livingFor(Duration.ofSeconds(5)));
		this.topic.enqueue(TestMessage.of("long").livingFor(Duration.ofHours(1)));
		this.broker.advance(Duration.ofSeconds(5));
		assertThat(ids(longer)).containsExactly("default", "long");
		this.broker.advance(Duration.ofSeconds(5));
		assertThat(ids(longer)).containsExactly("default", "long");
		assertThat(ids(shorter)).isEmpty();
		this.broker.advance(Duration.ofSeconds(10));
		assertThat(ids(longer)).isEmpty();
	}

	@Test
	void messageThatNobodyWantsIsGone() {
		this.topic.enqueue(TestMessage.of("a"));
		assertThat(ids(subscribe("late"))).isEmpty();
		assertThat(this.topic.sizeInBytes()).isZero();
	}

	@Test
	void rulesDecideOnTheCopies() {
		Subscription subscription = subscribe("some");
		subscription.setCopyRules((message) -> new Copies(
				"a".equals(message.messageId()) ? List.of(message, TestMessage.of("a'")) : List.of(), null));
		this.topic.enqueue(TestMessage.of("a"));
		this.topic.enqueue(TestMessage.of("b"));
		assertThat(ids(subscription)).containsExactly("a", "a'");
	}

	@Test
	void filtersAndActionsMakeTheCopies() {
		Subscription subscription = subscribe("some");
		subscription.removeRule("$default");
		Instant now = this.broker.now();
		subscription.addRule(new Rule("plain", SqlFilter.parse("sys.MessageId = 'a' AND sent = 'by test'"), null, now));
		subscription.addRule(new Rule("changing", new TrueFilter(),
				SqlRuleAction.parse("SET sys.SessionId = 'S'; SET added = 1; REMOVE sent"), now));
		this.topic.enqueue(TestMessage.of("a"));
		this.topic.enqueue(TestMessage.of("b"));
		List<MessageSnapshot> copies = subscription.source(SubQueue.NONE).snapshot();
		assertThat(copies).extracting((copy) -> copy.content().messageId()).containsExactly("a", "a", "b");
		assertThat(copies.get(0).applicationProperties()).containsOnlyKeys("sent");
		assertThat(copies.get(1).applicationProperties()).containsOnlyKeys("added", "RuleName")
			.containsEntry("RuleName", "changing");
		assertThat(copies.get(1).content().sessionId()).isEqualTo("S");
	}

	@Test
	void failingActionIsAFailureOfItsRule() {
		Subscription subscription = subscribe("some");
		subscription.addRule(new Rule("wrong", SqlFilter.parse("1 / 0 = 1"), null, this.broker.now()));
		this.topic.enqueue(TestMessage.of("a"));
		assertThat(ids(subscription)).containsExactly("a");
		assertThat(subscription.counts().deadLettered()).isEqualTo(1);
	}

	@Test
	void rulesAreFoundByName() {
		Subscription subscription = subscribe("some");
		assertThat(subscription.rules()).extracting(Rule::name).containsExactly("$Default");
		Rule rule = new Rule("r", new TrueFilter(), null, this.broker.now());
		assertRefused(BrokerError.ENTITY_NOT_FOUND, () -> subscription.replaceRule(rule));
		subscription.addRule(rule);
		assertRefused(BrokerError.ENTITY_ALREADY_EXISTS, () -> subscription.addRule(rule));
		subscription.removeRule("R");
		assertRefused(BrokerError.ENTITY_NOT_FOUND, () -> subscription.removeRule("r"));
		subscription.removeRule("$Default");
		this.topic.enqueue(TestMessage.of("a"));
		assertThat(ids(subscription)).isEmpty();
	}

	@Test
	void failedRuleDeadLettersTheMessageIfAsked() {
		Subscription strict = subscribe("strict");
		Subscription lax = this.namespace.createSubscription("news", "lax",
				EntityOptions.builder().deadLetteringOnFilterEvaluationExceptions(false).build());
		CopyRules failing = (message) -> new Copies(List.of(), "division by zero");
		strict.setCopyRules(failing);
		lax.setCopyRules(failing);
		this.topic.enqueue(TestMessage.of("a"));
		MessageSnapshot dead = strict.source(SubQueue.DEAD_LETTER).snapshot().get(0);
		assertThat(dead.applicationProperties()).containsEntry("DeadLetterReason", "FilterException")
			.containsEntry("DeadLetterErrorDescription", "division by zero")
			.containsEntry("sent", "by test");
		assertThat(lax.counts().deadLettered()).isZero();
		assertThat(ids(strict)).isEmpty();
	}

	@Test
	void scheduledMessageStaysOnTheTopicUntilItsTime() {
		long[] numbers = this.topic.schedule(List.of(scheduled("a"), scheduled("b")));
		Subscription late = subscribe("late");
		assertThat(this.topic.scheduled()).extracting(MessageSnapshot::sequenceNumber)
			.containsExactly(numbers[0], numbers[1]);
		this.topic.cancelScheduled(numbers[0]);
		assertThat(ids(late)).isEmpty();
		this.broker.advance(Duration.ofSeconds(10));
		assertThat(ids(late)).containsExactly("b");
		assertThat(this.topic.scheduled()).isEmpty();
		assertRefused(BrokerError.MESSAGE_NOT_FOUND, () -> this.topic.cancelScheduled(numbers[1]));
	}

	@Test
	void subscriptionWithSessionsDeadLettersWhatBelongsToNone() {
		Subscription subscription = this.namespace.createSubscription("news", "sessions",
				EntityOptions.builder().requiresSession(true).build());
		this.topic.enqueue(List.of(TestMessage.of("a"), TestMessage.of("b").in("B")));
		assertThat(TestSession.accept(subscription.source(SubQueue.NONE), "B").request(1).ids).containsExactly("b");
		assertThat(subscription.source(SubQueue.DEAD_LETTER).snapshot().get(0).applicationProperties())
			.containsEntry("DeadLetterReason", "Session ID is null.");
	}

	@Test
	void addressesLeadToSubscriptions() {
		subscribe("one");
		this.topic.enqueue(TestMessage.of("a"));
		ReceivableEntity source = this.namespace.source(EntityAddress.parse("NEWS/subscriptions/One"));
		assertThat(source.path()).isEqualTo("news/Subscriptions/one");
		assertThat(TestBroker.ids(source)).containsExactly("a");
		assertThat(this.namespace.source(EntityAddress.parse("news/Subscriptions/one/$DeadLetterQueue")).path())
			.isEqualTo("news/Subscriptions/one/$DeadLetterQueue");
		assertThat(this.namespace.target(EntityAddress.parse("news"))).isSameAs(this.topic);
	}

	@Test
	void wrongAddressesAreRefused() {
		subscribe("one");
		assertRefused(BrokerError.NOT_ALLOWED, () -> this.namespace.source(EntityAddress.parse("news")));
		assertRefused(BrokerError.NOT_ALLOWED,
				() -> this.namespace.target(EntityAddress.parse("news/Subscriptions/one")));
		assertRefused(BrokerError.ENTITY_NOT_FOUND,
				() -> this.namespace.source(EntityAddress.parse("news/Subscriptions/two")));
		assertRefused(BrokerError.ENTITY_NOT_FOUND,
				() -> this.namespace.source(EntityAddress.parse("olds/Subscriptions/one")));
	}

	@Test
	void namesAreTakenOnce() {
		subscribe("one");
		assertRefused(BrokerError.ENTITY_ALREADY_EXISTS, () -> subscribe("ONE"));
		assertRefused(BrokerError.ENTITY_ALREADY_EXISTS, () -> this.namespace.createQueue("News"));
		this.broker.queue();
		assertRefused(BrokerError.ENTITY_ALREADY_EXISTS, () -> this.namespace.createTopic("orders"));
		assertRefused(BrokerError.ARGUMENT_ERROR, () -> subscribe("a/b"));
		assertRefused(BrokerError.ARGUMENT_ERROR, () -> subscribe("x".repeat(51)));
	}

	@Test
	void statusOfTheTopicRulesSendingAndThatOfASubscriptionReceiving() {
		Subscription subscription = subscribe("one");
		subscription.update(EntityOptions.builder().status(EntityStatus.DISABLED).build());
		this.topic.enqueue(TestMessage.of("a"));
		assertThat(ids(subscription)).containsExactly("a");
		assertRefused(BrokerError.ENTITY_DISABLED, () -> TestConsumer.peekLock(subscription.source(SubQueue.NONE)));
		this.topic.update(EntityOptions.builder().status(EntityStatus.SEND_DISABLED).build());
		assertRefused(BrokerError.ENTITY_DISABLED, () -> this.topic.enqueue(TestMessage.of("b")));
	}

	@Test
	void copiesAreSettledEachForItself() {
		Subscription one = this.namespace.createSubscription("news", "one",
				EntityOptions.builder().maxDeliveryCount(1).build());
		Subscription two = subscribe("two");
		this.topic.enqueue(TestMessage.of("a"));
		TestConsumer.peekLock(one.source(SubQueue.NONE)).request(1);
		this.broker.advance(Duration.ofMinutes(1));
		assertThat(one.counts().deadLettered()).isEqualTo(1);
		assertThat(two.counts().active()).isEqualTo(1);
		assertThat(two.source(SubQueue.NONE).snapshot().get(0).deliveryCount()).isZero();
	}

	@Test
	void deletedTopicTakesItsSubscriptionsWithIt() {
		Subscription subscription = subscribe("one");
		TestConsumer consumer = TestConsumer.peekLock(subscription.source(SubQueue.NONE));
		this.topic.schedule(List.of(scheduled("a")));
		this.namespace.deleteTopic("news");
		assertThat(consumer.reason.error()).isEqualTo(BrokerError.ENTITY_NOT_FOUND);
		assertRefused(BrokerError.ENTITY_NOT_FOUND, () -> this.topic.enqueue(TestMessage.of("b")));
		assertThat(this.broker.timers.size()).isZero();
		assertThat(this.namespace.findTopic("news")).isNull();
	}

	@Test
	void deletedTopicTellsItsSenders() {
		List<BrokerError> told = new ArrayList<>();
		this.topic.register((reason) -> told.add(reason.error()));
		this.topic.deleteSubscription(subscribe("one").name());
		assertThat(told).isEmpty();
		this.namespace.deleteTopic("news");
		assertThat(told).containsExactly(BrokerError.ENTITY_NOT_FOUND);
	}

	@Test
	void deletedSubscriptionGetsNothingMore() {
		Subscription subscription = subscribe("one");
		this.topic.deleteSubscription("One");
		this.topic.enqueue(TestMessage.of("a"));
		assertThat(subscription.counts().active()).isZero();
		assertRefused(BrokerError.ENTITY_NOT_FOUND, () -> this.topic.subscription("one"));
	}

	@Test
	void quotaOfTheTopicCountsAllCopies() {
		Topic small = this.namespace.createTopic("small",
				EntityOptions.builder().maxSizeInMegabytes(1).maxMessageSize(1 << 20).build());
		this.namespace.createSubscription("small", "one");
		this.namespace.createSubscription("small", "two");
		small.enqueue(TestMessage.of("a").ofSize(600_000));
		assertRefused(BrokerError.RESOURCE_LIMIT_EXCEEDED, () -> small.enqueue(TestMessage.of("b")));
	}

	private Subscription subscribe(String name) {
		return this.namespace.createSubscription("news", name);
	}

	private TestMessage scheduled(String id) {
		return TestMessage.of(id).scheduledAt(this.broker.now().plusSeconds(10));
	}

	private static List<String> ids(Subscription subscription) {
		return TestBroker.ids(subscription.source(SubQueue.NONE));
	}

}
