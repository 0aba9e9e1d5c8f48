package dev.servicebus.emulator.amqp;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.message.AmqpMessage;
import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.message.Header;
import dev.servicebus.amqp.message.MessageBody;
import dev.servicebus.amqp.message.Properties;
import dev.servicebus.amqp.type.CodePoint;
import dev.servicebus.amqp.type.Decimal128;
import dev.servicebus.amqp.type.Decimal32;
import dev.servicebus.amqp.type.Decimal64;
import dev.servicebus.amqp.type.DescribedValue;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.amqp.type.UnsignedByte;
import dev.servicebus.amqp.type.UnsignedInteger;
import dev.servicebus.amqp.type.UnsignedLong;
import dev.servicebus.amqp.type.UnsignedShort;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.rule.RuleDefinition;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What senders write comes out unchanged, also where the emulator writes a section anew.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class RoundTripTests {

	private final TestBench bench = new TestBench((builder) -> builder.queue("orders")
		.queue("end")
		.subscription("news", "changing", EntityOptions.builder().forwardTo("end").build(),
				RuleDefinition.sql("all", "1=1").withAction("SET added = 1")));

	private final TestClient client = this.bench.connect();

	@ParameterizedTest
	@EnumSource
	void everySectionComesOut(Route route) {
		AmqpMessage sent = message(new MessageBody.Data(List.of(new byte[] { 1 }, new byte[0], new byte[] { 2, 3 })));
		EncodedMessage expected = EncodedMessage.of(sent.encode());
		EncodedMessage got = receive(route, sent);
		assertThat(got.header().durable()).isTrue();
		assertThat(got.header().priority()).isEqualTo(9);
		assertThat(got.deliveryAnnotations()).containsEntry(Symbol.of("delivery"), "d");
		assertThat(got.messageAnnotations()).containsEntry(Symbol.of("x-opt-partition-key"), "group")
			.containsEntry(Symbol.of("x-opt-via-partition-key"), "via")
			.containsEntry(Symbol.of("mine"), 1L);
		assertThat(got.properties().mutate().absoluteExpiryTime(null).build()).usingRecursiveComparison()
			.isEqualTo(expected.properties());
		assertThat(got.body()).usingRecursiveComparison().isEqualTo(expected.body());
		assertThat(got.footer()).isEqualTo(expected.footer());
		assertThat(got.messageAnnotation(Symbol.of("x-opt-message-state"))).as("active").isNull();
	}

	@ParameterizedTest
	@EnumSource
	void applicationPropertiesOfEveryTypeComeOut(Route route) {
		EncodedMessage got = receive(route, message(MessageBody.EMPTY));
		values().forEach((name, value) -> {
			assertThat(got.applicationProperties()).containsKey(name);
			assertThat(got.applicationProperties().get(name)).as(name).isEqualTo(value);
		});
	}

	@ParameterizedTest
	@MethodSource("ids")
	void idsKeepTheirType(Object id) {
		Properties properties = Properties.builder().messageId(id).correlationId(id).build();
		for (Route route : Route.values()) {
			EncodedMessage got = receive(route, AmqpMessage.builder().properties(properties).data(new byte[1]).build());
			assertThat(got.properties().messageId()).isEqualTo(id);
			assertThat(got.properties().correlationId()).isEqualTo(id);
		}
	}

	@ParameterizedTest
	@MethodSource("bodies")
	void bodyKeepsItsKind(MessageBody body) {
		for (Route route : Route.values()) {
			assertThat(receive(route, message(body)).body()).usingRecursiveComparison().isEqualTo(body);
		}
	}

	static Stream<Object> ids() {
		return Stream.of("text", UnsignedLong.MAX_VALUE, new UUID(3, 4), new byte[] { 5, 6 });
	}

	static Stream<MessageBody> bodies() {
		return Stream.of(new MessageBody.Value(null), new MessageBody.Value(Map.of("k", List.of(1, "two"))),
				new MessageBody.Sequence(List.of(List.of(1, "two"), List.of(), List.of(3.5))),
				new MessageBody.Data(List.of(new byte[0])));
	}

	private EncodedMessage receive(Route route, AmqpMessage message) {
		return switch (route) {
			case RECEIVED -> {
				this.client.send("orders", message);
				yield complete("orders");
			}
			case EXPIRING -> {
				this.bench.emulator.queue("orders")
					.update(EntityOptions.builder().defaultTimeToLive(Duration.ofHours(1)).build());
				this.client.send("orders", message);
				yield complete("orders");
			}
			case MODIFIED -> {
				this.client.send("orders", message);
				TestReceiver receiver = this.client.attachReceiver("orders").credit(1);
				receiver.propose(receiver.last(),
						new DeliveryState.Modified(null, null, Map.of(Symbol.of("added"), 1L)));
				yield complete("orders");
			}
			case CHANGED_AND_FORWARDED -> {
				this.client.send("news", message);
				yield complete("end");
			}
		};
	}

	private EncodedMessage complete(String queue) {
		return this.client.attachDeletingReceiver(queue).credit(1).lastMessage();
	}

	private static AmqpMessage message(MessageBody body) {
		return AmqpMessage.builder()
			.header(new Header(true, 9, null, null, null))
			.deliveryAnnotations(Map.of(Symbol.of("delivery"), "d"))
			.messageAnnotations(Map.of(Symbol.of("x-opt-partition-key"), "group", Symbol.of("x-opt-via-partition-key"),
					"via", Symbol.of("mine"), 1L))
			.properties(Properties.builder()
				.messageId("id")
				.userId(new byte[] { 1, 2 })
				.to("to")
				.subject("subject")
				.replyTo("reply")
				.correlationId("correlation")
				.contentType("text/plain")
				.contentEncoding("gzip")
				.creationTime(Instant.ofEpochMilli(1_000_000))
				.groupId("group")
				.groupSequence(0xFFFF_FFFFL)
				.replyToGroupId("reply group")
				.build())
			.applicationProperties(values())
			.body(body)
			.footer(Map.of(Symbol.of("crc"), 1))
			.build();
	}

	private static Map<String, Object> values() {
		Map<String, Object> values = new LinkedHashMap<>();
		List<Object> all = Arrays.asList(null, true, UnsignedByte.of(200), UnsignedShort.of(60_000),
				UnsignedInteger.MAX_VALUE, UnsignedLong.of(BigInteger.ONE.shiftLeft(63)), (byte) -1, (short) -2, -3,
				-4L, 1.5f, -2.5, new Decimal32(1), new Decimal64(2), new Decimal128(3, 4), new CodePoint(0x1F600),
				Instant.ofEpochMilli(1_234_567), new UUID(5, 6), new byte[] { 7, 8 }, "text", "", Symbol.of("symbol"),
				new DescribedValue(Symbol.of("com.microsoft:timespan"), 900_000_000L),
				new DescribedValue(Symbol.of("com.microsoft:uri"), "sb://somewhere"));
		for (int i = 0; i < all.size(); i++) {
			values.put("value" + i, all.get(i));
		}
		return values;
	}

	/**
	 * The ways of a message through the emulator.
	 */
	enum Route {

		/** No section is written anew but header and annotations. */
		RECEIVED,

		/** The properties get an absolute expiry time. */
		EXPIRING,

		/** A receiver has set an application property. */
		MODIFIED,

		/** A rule has changed a copy, which was then forwarded. */
		CHANGED_AND_FORWARDED

	}

}
