package dev.servicebus.emulator.amqp;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.type.DescribedValue;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.amqp.type.UnsignedByte;
import dev.servicebus.amqp.type.UnsignedInteger;
import dev.servicebus.amqp.type.UnsignedLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What can only be seen, or said, in frames.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class RawWireTests {

	private final TestBench bench = TestBench.withQueue("orders");

	private final RawWire wire = new RawWire(this.bench);

	@Test
	void everythingMayComeInOnePiece() {
		this.bench.connect().send("orders", "1");
		this.wire.greet().attachReceiver(0, "orders").flow(0, 0, 10, false).send();
		assertThat((Object[]) this.wire.onlyFrame(RawWire.SASL_MECHANISMS).get(0)).contains(Symbol.of("MSSBCBS"),
				Symbol.of("PLAIN"), Symbol.of("ANONYMOUS"), Symbol.of("EXTERNAL"));
		assertThat(this.wire.onlyFrame(RawWire.SASL_OUTCOME).get(0)).isEqualTo(UnsignedByte.of(0));
		assertThat(this.wire.frames(RawWire.TRANSFER)).hasSize(1);
	}

	@Test
	void openTellsTheFrameSize() {
		this.wire.greet().send();
		assertThat(this.wire.onlyFrame(RawWire.OPEN).get(2)).isEqualTo(UnsignedInteger.of(65536));
	}

	@Test
	void attachToAReceiverTellsTheInitialDeliveryCount() {
		this.wire.greet().attachReceiver(3, "orders").send();
		List<@Nullable Object> attach = this.wire.onlyFrame(RawWire.ATTACH);
		assertThat(attach.get(9)).isEqualTo(UnsignedInteger.ZERO);
		assertThat(attach.get(10)).isEqualTo(UnsignedLong.of(262_144));
		assertThat(attach.get(3)).isEqualTo(UnsignedByte.of(0));
		assertThat(attach.get(4)).isEqualTo(UnsignedByte.of(1));
	}

	@Test
	void senderWithoutInitialDeliveryCountIsTaken() {
		this.wire.greet().attachSender(0, "orders").send();
		assertThat(this.wire.onlyFrame(RawWire.FLOW).get(6)).as("link-credit").isEqualTo(UnsignedInteger.of(1000));
		this.wire.transfer(0, TestMessages.withId("1").encode()).send();
		List<@Nullable Object> disposition = this.wire.onlyFrame(RawWire.DISPOSITION);
		assertThat(disposition.get(0)).as("role of a receiver").isEqualTo(true);
		assertThat(disposition.get(3)).as("settled").isEqualTo(true);
		assertThat(((DescribedValue) disposition.get(4)).descriptor()).isEqualTo(UnsignedLong.of(0x24));
		assertThat(this.bench.emulator.queue("orders").messages()).hasSize(1);
	}

	@Test
	void drainWithoutAnyCreditIsAnswered() {
		this.wire.greet().attachReceiver(0, "orders").send();
		this.wire.clear();
		this.wire.flow(0, 0, 0, true).send();
		assertDrained(0);
	}

	@Test
	void drainGivesTheCreditBack() {
		this.wire.greet().attachReceiver(0, "orders").flow(0, 0, 7, false).send();
		this.wire.clear();
		this.wire.flow(0, 0, 7, true).send();
		assertDrained(7);
	}

	private void assertDrained(int deliveryCount) {
		List<@Nullable Object> flow = this.wire.onlyFrame(RawWire.FLOW);
		assertThat(flow.get(5)).as("delivery-count").isEqualTo(UnsignedInteger.of(deliveryCount));
		assertThat(flow.get(6)).as("link-credit").isEqualTo(UnsignedInteger.ZERO);
		assertThat(flow.get(8)).as("drain").isEqualTo(true);
		assertThat(flow.get(9)).as("echo").isIn(null, false);
	}

	@Test
	void refusalIsAnAttachWithoutSourceAndAClosingDetach() {
		this.wire.greet().attachReceiver(0, "nowhere").send();
		assertThat(this.wire.onlyFrame(RawWire.ATTACH).get(5)).as("source").isNull();
		assertClosingDetach("amqp:not-found");
	}

	@Test
	void refusalIsAnAttachWithoutTargetAndAClosingDetach() {
		this.wire.greet().attachSender(0, "nowhere").send();
		assertThat(this.wire.onlyFrame(RawWire.ATTACH).get(6)).as("target").isNull();
		assertClosingDetach("amqp:not-found");
	}

	@Test
	void handleThatIsInUseEndsTheConnection() {
		this.wire.greet().attachReceiver(0, "orders").attachSender(0, "orders").send();
		DescribedValue error = (DescribedValue) this.wire.onlyFrame(RawWire.CLOSE).get(0);
		assertThat(((List<?>) error.value()).get(0)).hasToString("amqp:session:handle-in-use");
	}

	@Test
	void linkThatTheBrokerEndsIsDetachedForGood() {
		this.wire.greet().attachReceiver(0, "orders").send();
		this.bench.emulator.deleteQueue("orders");
		assertClosingDetach("amqp:not-found");
	}

	@Test
	void errorsHaveAllTheirFields() {
		this.wire.greet().attachSender(0, "orders").send();
		this.wire.transfer(0, TestMessages.builder("i".repeat(129)).build().encode()).send();
		DescribedValue rejected = (DescribedValue) this.wire.onlyFrame(RawWire.DISPOSITION).get(4);
		assertThat(rejected.descriptor()).isEqualTo(UnsignedLong.of(0x25));
		List<?> error = (List<?>) ((DescribedValue) ((List<?>) rejected.value()).get(0)).value();
		assertThat(error).hasSize(3).last().isEqualTo(Map.of());
	}

	private void assertClosingDetach(String condition) {
		List<@Nullable Object> detach = this.wire.onlyFrame(RawWire.DETACH);
		assertThat(detach.get(1)).as("closed").isEqualTo(true);
		List<?> error = (List<?>) ((DescribedValue) detach.get(2)).value();
		assertThat(error.get(0)).isEqualTo(Symbol.of(condition));
	}

}
