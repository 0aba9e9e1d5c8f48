package dev.servicebus.emulator.amqp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.sasl.SaslCredentials;
import dev.servicebus.amqp.type.Composite;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.amqp.type.UnsignedInteger;
import dev.servicebus.emulator.FrameRecording;
import dev.servicebus.emulator.FrameTap;
import dev.servicebus.emulator.auth.AccessControl;
import dev.servicebus.emulator.frame.Frame;
import dev.servicebus.emulator.frame.FrameDirection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class FrameTests {

	private final TestBench bench = new TestBench((builder) -> builder.queue("orders"));

	@Test
	void everythingFromSaslToTheEndIsRecorded() {
		FrameRecording recording = this.bench.emulator.frames().record();
		TestClient client = this.bench.connect();
		client.send("orders", "1");
		this.bench.run(() -> client.connection().close(null));

		List<Frame> frames = recording.frames();
		assertThat(names(frames, FrameDirection.FROM_CLIENT)).containsSubsequence("sasl-init", "open", "begin",
				"attach", "transfer", "close");
		assertThat(names(frames, FrameDirection.TO_CLIENT)).containsSubsequence("sasl-mechanisms", "sasl-outcome",
				"open", "begin", "attach", "flow", "disposition", "close");
		assertThat(frames).extracting(Frame::connection).containsOnly(1);
	}

	@Test
	void fieldsHaveTheNamesOfTheStandard() {
		FrameRecording recording = this.bench.emulator.frames().record();
		this.bench.connect().send("orders", "1");

		Composite attach = only(recording, "attach");
		assertThat(attach.field("role")).isEqualTo(false);
		assertThat(attach.field("max-message-size")).isNull();
		assertThat(((Composite) attach.field("target")).field("address")).isEqualTo("orders");
		Composite open = only(recording, "open");
		assertThat(open.field("max-frame-size")).isEqualTo(UnsignedInteger.of(65536));
		Frame disposition = recording.frames()
			.stream()
			.filter((frame) -> frame.performative().name().equals("disposition"))
			.findFirst()
			.orElseThrow();
		assertThat(disposition.direction()).isEqualTo(FrameDirection.TO_CLIENT);
		assertThat(disposition.performative().field("state")).isEqualTo(new Composite("accepted", Map.of()));
		Frame mechanisms = recording.frames().get(0);
		assertThat(mechanisms.performative().field("sasl-server-mechanisms")).asInstanceOf(LIST)
			.contains(Symbol.of("ANONYMOUS"));
	}

	@Test
	void payloadIsTheMessage() {
		FrameRecording recording = this.bench.emulator.frames().record();
		this.bench.connect().send("orders", "the-id");

		Frame transfer = recording.frames()
			.stream()
			.filter((frame) -> frame.isFromClient("transfer"))
			.findFirst()
			.orElseThrow();
		assertThat(transfer.payloadSize()).isPositive();
		assertThat(EncodedMessage.of(transfer.payload()).properties().messageId()).isEqualTo("the-id");
		transfer.payload()[0] = 99;
		assertThat(transfer.payload()[0]).isZero();
	}

	@Test
	void secretsAreInNoText() {
		FrameRecording recording = this.bench.emulator.frames().record();
		TestClient client = this.bench.connect(SaslCredentials.anonymous());
		client.putToken("amqp://localhost/orders", SasTokens.token("sb://localhost/", AccessControl.DEFAULT_RULE_NAME,
				AccessControl.DEFAULT_KEY, this.bench.network.time().clock().instant().plusSeconds(60)));
		client.send("orders", "1");

		assertThat(recording.frames())
			.anyMatch((frame) -> new String(frame.payload(), StandardCharsets.UTF_8).contains("SharedAccessSignature"));
		assertThat(recording.frames().toString()).contains("$cbs", "sasl-init")
			.doesNotContain("SharedAccessSignature", AccessControl.DEFAULT_KEY, "initial-response");
	}

	@Test
	void connectionsThatAreOpenAreShownFromThenOn() {
		TestClient client = this.bench.connect();
		this.bench.connect();
		List<Frame> seen = new ArrayList<>();
		FrameTap tap = this.bench.emulator.frames().tap(seen::add);
		client.send("orders", "1");
		assertThat(names(seen, FrameDirection.FROM_CLIENT)).containsSubsequence("attach", "transfer")
			.doesNotContain("open");
		assertThat(seen).extracting(Frame::connection).containsOnly(1);

		tap.close();
		tap.close();
		int before = seen.size();
		client.send("orders", "2");
		assertThat(seen).hasSize(before);
	}

	@Test
	void recordingsAreIndependent() {
		TestClient client = this.bench.connect();
		FrameRecording first = this.bench.emulator.frames().record();
		FrameRecording second = this.bench.emulator.frames().record();
		client.send("orders", "1");
		assertThat(first.frames()).isNotEmpty().hasSameSizeAs(second.frames());

		first.close();
		second.clear();
		client.send("orders", "2");
		assertThat(second.frames()).isNotEmpty();
		assertThat(names(first.frames(), FrameDirection.FROM_CLIENT)).containsOnlyOnce("transfer");
	}

	@Test
	void failingTapDisturbsNobody() {
		List<Frame> seen = new ArrayList<>();
		this.bench.emulator.frames().tap((frame) -> {
			throw new IllegalStateException("expected");
		});
		this.bench.emulator.frames().tap(seen::add);
		this.bench.connect().send("orders", "1");

		assertThat(this.bench.emulator.queue("orders").messages()).hasSize(1);
		assertThat(names(seen, FrameDirection.FROM_CLIENT)).contains("transfer");
	}

	private static List<String> names(List<Frame> frames, FrameDirection direction) {
		return frames.stream()
			.filter((frame) -> frame.direction() == direction)
			.map((frame) -> frame.performative().name())
			.toList();
	}

	private static Composite only(FrameRecording recording, String name) {
		List<Frame> found = recording.frames().stream().filter((frame) -> frame.isFromClient(name)).toList();
		assertThat(found).hasSize(1);
		return found.get(0).performative();
	}

}
