package dev.servicebus.emulator.amqp;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.emulator.ServiceBusEmulatorBuilder;
import dev.servicebus.emulator.SubscriptionView;
import dev.servicebus.emulator.rule.RuleDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class TopicLinkTests {

	private final TestBench bench = new TestBench((builder) -> builder.subscription("a/News", "All")
		.subscription("a/News", "one", RuleDefinition.sql("one", "sys.MessageId = '1'")));

	private final TestClient client = this.bench.connect();

	private final SubscriptionView all = this.bench.emulator.subscription("a/News", "All");

	private final SubscriptionView one = this.bench.emulator.subscription("a/News", "one");

	private final TestNode topicNode = this.client.attachNode("a/news/$management");

	private final TestNode node = this.client.attachNode("a/News/Subscriptions/All/$management");

	@ParameterizedTest
	@ValueSource(strings = { "a/News/Subscriptions/All", "/a/news/subscriptions/all", "A/NEWS/SUBSCRIPTIONS/ALL/",
			"amqps://localhost:5672/a/News/Subscriptions/All", "a%2FNews%2Fsubscriptions%2FAll" })
	void subscriptionReceivesACopyUnderEveryFormOfItsAddress(String address) {
		TestReceiver receiver = this.client.attachReceiver(address).credit(2);
		this.client.send("sb://localhost/a/news", "1");
		assertThat(receiver.link.peer().source().address()).isEqualTo(address);
		assertThat(receiver.ids()).containsExactly("1");
		receiver.propose(receiver.last(), DeliveryState.Accepted.INSTANCE);
		assertThat(this.all.messages()).isEmpty();
		assertThat(this.one.messages()).hasSize(1);
	}

	@Test
	void rulesDecideAndEachSubscriptionNumbersItsCopies() {
		this.client.send("a/news", "0", "1");
		assertThat(this.client.attachDeletingReceiver("a/news/subscriptions/one").credit(5).ids()).containsExactly("1");
		TestReceiver receiver = this.client.attachDeletingReceiver("a/news/subscriptions/all").credit(5);
		assertThat(receiver.messages())
			.extracting((message) -> message.messageAnnotation(Symbol.of("x-opt-sequence-number")))
			.containsExactly(1L, 2L);
		assertThat(this.one.counts().active()).isZero();
	}

	@Test
	void deadLettersOfASubscriptionAreReceivedFromItsSubQueue() {
		this.client.send("a/news", "0");
		TestReceiver receiver = this.client.attachReceiver("a/news/subscriptions/all").credit(1);
		receiver.propose(receiver.last(), new DeliveryState.Rejected(null));
		assertThat(this.all.deadLetters()).hasSize(1);
		assertThat(this.client.attachReceiver("a/news/subscriptions/all/$deadletterqueue").credit(1).ids())
			.containsExactly("0");
	}

	@Test
	void topicCannotBeReceivedFromAndSubscriptionsCannotBeSentTo() {
		for (AmqpLink.LinkEnd end : List.of(this.client.attachReceiver("a/news").end,
				this.client.attachSender("a/news/subscriptions/all").end,
				this.client.attachSender("a/news/subscriptions/all/$DeadLetterQueue").end)) {
			assertThat(refusal(end).condition()).hasToString("amqp:not-allowed");
		}
	}

	@Test
	void missingSubscriptionIsReportedInTheWordsThatClientsLookFor() {
		for (AmqpLink.LinkEnd end : List.of(this.client.attachReceiver("a/news/subscriptions/gone").end,
				this.client.attachReceiver("gone/subscriptions/all").end,
				this.client.attachSender("a/news/subscriptions/gone/$management").end)) {
			assertThat(refusal(end).condition()).hasToString("amqp:not-found");
			assertThat(refusal(end).description()).matches("The messaging entity '.*gone.*' could not be found.*");
		}
	}

	@Test
	void messageIsScheduledAtTheTopicUntilItsTime() {
		Long[] numbers = schedule("1", "2");
		assertThat(this.bench.emulator.topic("a/news").scheduled()).hasSize(2);
		assertThat(peek(this.topicNode, 0)).extracting((message) -> message.properties().messageId())
			.containsExactly("1", "2");
		assertThat(TestNode.status(this.topicNode.request("com.microsoft:cancel-scheduled-message",
				Map.of("sequence-numbers", new long[] { numbers[1] }))))
			.isEqualTo(200);
		this.bench.emulator.clock().advance(Duration.ofMinutes(1));
		assertThat(this.bench.emulator.topic("a/news").scheduled()).isEmpty();
		assertThat(this.client.attachReceiver("a/news/subscriptions/all").credit(5).ids()).containsExactly("1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "renew-lock", "receive-by-sequence-number", "update-disposition", "get-session-state",
			"enumerate-rules" })
	void topicRefusesWhatTakesMessagesOrRules(String operation) {
		EncodedMessage response = this.topicNode.request("com.microsoft:" + operation,
				Map.of("lock-tokens", new UUID[] { new UUID(1, 2) }, "sequence-numbers", new long[] { 1 },
						"receiver-settle-mode", 1, "disposition-status", "completed", "session-id", "s", "top", 1,
						"skip", 0));
		assertThat(TestNode.status(response)).isEqualTo(400);
		assertThat(response.applicationProperties()).containsEntry("errorCondition", Symbol.of("amqp:not-allowed"));
	}

	@Test
	void subscriptionRefusesToSchedule() {
		EncodedMessage response = this.node.request("com.microsoft:schedule-message", scheduling("1"));
		assertThat(TestNode.status(response)).isEqualTo(400);
		assertThat(response.applicationProperties()).containsEntry("errorCondition", Symbol.of("amqp:not-allowed"));
	}

	@Test
	void deferredMessageOfASubscriptionIsReceivedAndSettledByItsManagementNode() {
		this.client.send("a/news", "0");
		TestReceiver receiver = this.client.attachReceiver("a/news/subscriptions/all").credit(1);
		receiver.propose(receiver.last(), new DeliveryState.Modified(null, true, Map.of()));
		assertThat(peek(this.node, 0)).singleElement()
			.satisfies(
					(message) -> assertThat(message.messageAnnotation(Symbol.of("x-opt-message-state"))).isEqualTo(1));
		Map<?, ?> body = TestNode.body(this.node.request("com.microsoft:receive-by-sequence-number",
				Map.of("sequence-numbers", new long[] { 1 }, "receiver-settle-mode", 1)));
		Object token = ((Map<?, ?>) ((List<?>) body.get("messages")).get(0)).get("lock-token");
		EncodedMessage settled = this.node.request("com.microsoft:update-disposition",
				Map.of("lock-tokens", new UUID[] { (UUID) token }, "disposition-status", "completed"));
		assertThat(TestNode.status(settled)).isEqualTo(200);
		assertThat(this.all.messages()).isEmpty();
	}

	@Test
	void deletedSubscriptionEndsItsReceivers() {
		TestReceiver receiver = this.client.attachReceiver("a/news/subscriptions/all");
		this.bench.emulator.deleteSubscription("a/news", "all");
		this.bench.run();
		assertThat(receiver.end.error().condition()).hasToString("amqp:not-found");
	}

	@Test
	void deletedTopicEndsItsSenders() {
		TestSender sender = this.client.attachSender("a/news");
		this.bench.emulator.deleteTopic("a/news");
		this.bench.run();
		assertThat(sender.refusal().condition()).hasToString("amqp:not-found");
	}

	@Test
	void subscriptionIsCreatedWithItsTopicByUse() {
		TestBench creating = new TestBench(ServiceBusEmulatorBuilder::autoCreate);
		TestReceiver receiver = creating.connect().attachReceiver("t/Subscriptions/s").credit(1);
		creating.connect().send("t", "1");
		assertThat(receiver.ids()).containsExactly("1");
		assertThat(creating.emulator.topics()).containsExactly("t");
		assertThat(creating.emulator.queues()).isEmpty();
	}

	private Long[] schedule(String... ids) {
		EncodedMessage response = this.topicNode.request("com.microsoft:schedule-message", scheduling(ids));
		return (Long[]) TestNode.body(response).get("sequence-numbers");
	}

	private Map<String, ?> scheduling(String... ids) {
		Instant time = this.bench.emulator.clock().instant().plusSeconds(60);
		return Map.of("messages",
				List.of(ids)
					.stream()
					.map((id) -> Map.of("message-id", id, "message",
							TestMessages.builder(id)
								.messageAnnotations(Map.of(Symbol.of("x-opt-scheduled-enqueue-time"), time))
								.build()
								.encode()))
					.toList());
	}

	private static List<EncodedMessage> peek(TestNode node, long from) {
		Map<?, ?> body = TestNode.body(
				node.request("com.microsoft:peek-message", Map.of("from-sequence-number", from, "message-count", 10)));
		return ((List<?>) body.get("messages")).stream()
			.map((entry) -> EncodedMessage.of((byte[]) ((Map<?, ?>) entry).get("message")))
			.toList();
	}

	private static AmqpError refusal(AmqpLink.LinkEnd end) {
		assertThat(end).isNotNull();
		assertThat(end.cause()).isEqualTo(AmqpLink.LinkEnd.Cause.REFUSED);
		return end.error();
	}

}
