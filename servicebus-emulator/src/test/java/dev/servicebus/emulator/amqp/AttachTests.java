package dev.servicebus.emulator.amqp;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.Attach;
import dev.servicebus.amqp.ReceiverSettleMode;
import dev.servicebus.amqp.SenderSettleMode;
import dev.servicebus.amqp.Terminus;
import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.amqp.sasl.SaslCredentials;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.entity.EntityStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class AttachTests {

	private final TestBench bench = new TestBench((builder) -> builder.queue("a/Orders")
		.queue("disabled", EntityOptions.builder().status(EntityStatus.DISABLED).build())
		.queue("sessions", EntityOptions.builder().requiresSession(true).build()));

	private final TestClient client = this.bench.connect();

	@ParameterizedTest
	@ValueSource(strings = { "a/Orders", "/a/orders", "A/ORDERS/", "amqps://localhost:5672/a/orders",
			"sb://somewhere/a/Orders", "a%2FOrders", "a/orders/$DeadLetterQueue", "a/orders/$deadletterqueue",
			"amqp://localhost/a/orders/$Transfer/$DeadLetterQueue" })
	void addressIsUnderstoodAndEchoedAsItCame(String address) {
		TestReceiver receiver = this.client.attachReceiver(address);
		assertThat(receiver.refusal()).isNull();
		assertThat(receiver.link.peer().source().address()).isEqualTo(address);
		assertThat(receiver.link.peer().target()).isEqualTo(new Terminus.Target("me"));
	}

	@Test
	void senderAddressesAreEchoedAndTheSizeLimitIsTold() {
		TestSender sender = this.client.attachSender("/A/orders");
		assertThat(sender.link.peer().target()).isEqualTo(new Terminus.Target("/A/orders"));
		assertThat(sender.link.peer().source().address()).isEqualTo("me");
		assertThat(sender.link.peer().maxMessageSize()).isEqualTo(262_144);
		assertThat(sender.link.credit()).isEqualTo(1000);
	}

	@ParameterizedTest
	@EnumSource(ReceiverSettleMode.class)
	void settleModesAreEchoed(ReceiverSettleMode receiverMode) {
		for (SenderSettleMode senderMode : SenderSettleMode.values()) {
			TestReceiver receiver = this.client.attachReceiver(Attach.receiver(senderMode + "-" + receiverMode,
					Terminus.Source.of("a/orders"), new Terminus.Target("me"), senderMode, receiverMode));
			assertThat(receiver.link.peer().senderSettleMode()).isEqualTo(senderMode);
			assertThat(receiver.link.peer().receiverSettleMode()).isEqualTo(receiverMode);
		}
	}

	@Test
	void unknownAttachPropertiesAreIgnored() {
		Attach attach = Attach
			.receiver("r", Terminus.Source.of("a/orders"), new Terminus.Target("me"), SenderSettleMode.UNSETTLED,
					ReceiverSettleMode.SECOND)
			.withProperties(Map.of(Symbol.of("com.microsoft:timeout"), 5, Symbol.of("odd"), true));
		assertThat(this.client.attachReceiver(attach).link.isOpen()).isTrue();
	}

	@Test
	void missingEntityIsReportedInTheWordsThatClientsLookFor() {
		for (AmqpError error : List.of(refusal(this.client.attachReceiver("nowhere").end),
				refusal(this.client.attachSender("nowhere").end),
				refusal(this.client.attachSender("nowhere/$management").end))) {
			assertThat(error.condition()).hasToString("amqp:not-found");
			assertThat(error.description()).matches("The messaging entity '.*nowhere' could not be found.*");
		}
	}

	@Test
	void missingEntityComesBeforeMissingRightsAndThoseBeforeTheStatus() {
		TestClient stranger = this.bench.connect(SaslCredentials.anonymous());
		assertThat(refusal(stranger.attachSender("nowhere").end).condition()).hasToString("amqp:not-found");
		assertThat(refusal(stranger.attachSender("disabled").end).condition()).hasToString("amqp:unauthorized-access");
		assertThat(refusal(stranger.attachReceiver("sessions").end).condition())
			.hasToString("amqp:unauthorized-access");
		assertThat(refusal(stranger.attachReceiver("a/orders").end).description())
			.startsWith("Unauthorized access. 'Listen' claim(s) are required to perform this operation.");
		assertThat(refusal(stranger.attachSender("a/orders/$management").end).condition())
			.hasToString("amqp:unauthorized-access");
	}

	@Test
	void disabledEntityRefusesBothDirections() {
		assertThat(refusal(this.client.attachSender("disabled").end).condition())
			.hasToString("com.microsoft:entity-disabled");
		assertThat(refusal(this.client.attachReceiver("disabled").end).condition())
			.hasToString("com.microsoft:entity-disabled");
	}

	@Test
	void plainReceiverOnAQueueWithSessionsIsRefused() {
		AmqpError error = refusal(this.client.attachReceiver("sessions").end);
		assertThat(error.condition()).hasToString("amqp:not-allowed");
		assertThat(error.description()).contains("requires sessions");
		assertThat(this.client.attachReceiver("sessions/$DeadLetterQueue").link.isOpen()).isTrue();
	}

	@Test
	void sessionReceiverOnAQueueWithoutSessionsIsRefused() {
		Terminus.Source source = new Terminus.Source("a/orders",
				Map.of(Symbol.of("com.microsoft:session-filter"), "s1"));
		TestReceiver receiver = this.client.attachReceiver(Attach.receiver("r", source, new Terminus.Target("me"),
				SenderSettleMode.UNSETTLED, ReceiverSettleMode.SECOND));
		assertThat(refusal(receiver.end).condition()).hasToString("amqp:not-allowed");
	}

	@Test
	void sendingToASubQueueIsRefused() {
		assertThat(refusal(this.client.attachSender("a/orders/$DeadLetterQueue").end).condition())
			.hasToString("amqp:not-allowed");
	}

	@Test
	void linkWithoutAddressIsRefused() {
		TestSender sender = this.client
			.attachSender(Attach.sender("s", Terminus.Source.of("me"), new Terminus.Target(null)));
		assertThat(refusal(sender.end).condition()).hasToString("amqp:not-allowed");
	}

	@Test
	void onlyThoseWithRightsCreateQueuesByUse() {
		TestBench creating = new TestBench((builder) -> builder.autoCreate());
		TestClient stranger = creating.connect(SaslCredentials.anonymous());
		assertThat(refusal(stranger.attachSender("new").end).condition()).hasToString("amqp:unauthorized-access");
		assertThat(refusal(stranger.attachSender("new/$management").end).condition())
			.hasToString("amqp:unauthorized-access");
		assertThat(creating.emulator.queues()).isEmpty();
		assertThat(creating.connect().attachSender("new").link.isOpen()).isTrue();
		assertThat(creating.emulator.queues()).containsExactly("new");
	}

	@Test
	void sameLinkNameMayBeUsedAgainAtOnce() {
		Attach attach = Attach.receiver("same", Terminus.Source.of("a/orders"), new Terminus.Target("me"),
				SenderSettleMode.UNSETTLED, ReceiverSettleMode.SECOND);
		TestReceiver first = this.client.attachReceiver(attach);
		first.close();
		assertThat(first.end.cause()).isEqualTo(AmqpLink.LinkEnd.Cause.LOCAL);
		assertThat(this.client.attachReceiver(attach).link.isOpen()).isTrue();
		assertThat(this.client.onNewSession().attachReceiver(attach).link.isOpen()).isTrue();
	}

	private static AmqpError refusal(AmqpLink.LinkEnd end) {
		assertThat(end).isNotNull();
		assertThat(end.cause()).isEqualTo(AmqpLink.LinkEnd.Cause.REFUSED);
		return end.error();
	}

}
