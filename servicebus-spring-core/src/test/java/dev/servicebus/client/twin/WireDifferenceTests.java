package dev.servicebus.client.twin;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.message.AmqpMessage;
import dev.servicebus.amqp.message.Properties;
import dev.servicebus.amqp.type.Composite;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.amqp.type.UnsignedInteger;
import dev.servicebus.emulator.frame.Frame;
import dev.servicebus.emulator.frame.FrameDirection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The comparison itself can tell things apart.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class WireDifferenceTests {

	@Test
	void typesAreToldApart() {
		assertThat(WireDifference.between(request("timeout", 1L), request("timeout", UnsignedInteger.of(1))))
			.containsExactly(new WireDifference("request peek.application-properties.timeout", "long 1", "uint 1"));
		assertThat(WireDifference.between(request("timeout", 1L), request("timeout", 1L))).isEmpty();
	}

	@Test
	void missingKeysAreFound() {
		assertThat(WireDifference.between(request("a", "x"), request("b", "x"))).containsExactly(
				new WireDifference("request peek.application-properties.a", "string x", "-"),
				new WireDifference("request peek.application-properties.b", "-", "string x"));
	}

	@Test
	void fieldsOfAttachesAreCompared() {
		Facts theirs = FrameReading.of(List.of(attach("1", Map.of(Symbol.of("k"), "v"))));
		Facts ours = FrameReading.of(List.of(attach("2", Map.of(Symbol.of("k"), "w"))));

		assertThat(WireDifference.between(theirs, ours))
			.containsExactly(new WireDifference("attach $management sender.properties.k", "string v", "string w"));
	}

	@Test
	void frameThatOnlyOneSendsIsOneDifference() {
		Facts attached = FrameReading.of(List.of(attach("1", Map.of())));

		assertThat(WireDifference.between(attached, FrameReading.of(List.of())))
			.containsExactly(new WireDifference("attach $management sender", "attach", "-"));
	}

	@Test
	void starStandsForAnyText() {
		ListedDifference row = ListedDifference.parse("| `request *.timeout` | `long` | `-` | Because. |");

		assertThat(row.covers(new WireDifference("request a.b.timeout", "long", "-"))).isTrue();
		assertThat(row.covers(new WireDifference("request a.b.timeout", "long", "uint"))).isFalse();
		assertThat(row.covers(new WireDifference("attach a.timeout", "long", "-"))).isFalse();
	}

	@Test
	void rowWithoutAReasonIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ListedDifference.parse("| `open.channel-max` | `-` | `ushort 255` |"));
	}

	private static Facts request(String key, Object value) {
		byte[] message = AmqpMessage.builder()
			.properties(Properties.builder().messageId("1").build())
			.applicationProperties(Map.of("operation", "peek", key, value))
			.value(Map.of("count", 1))
			.build()
			.encode();
		Composite transfer = new Composite("transfer", Map.of("handle", UnsignedInteger.of(0)));
		return FrameReading.of(List.of(attach("link", Map.of()), frame(transfer, message)));
	}

	private static Frame attach(String name, Map<Symbol, Object> properties) {
		Composite target = new Composite("target", Map.of("address", "orders/$management"));
		return frame(new Composite("attach", Map.of("name", name, "handle", UnsignedInteger.of(0), "role", false,
				"target", target, "properties", properties)), new byte[0]);
	}

	private static Frame frame(Composite performative, byte[] payload) {
		return new Frame(1, FrameDirection.FROM_CLIENT, 0, performative, payload);
	}

}
