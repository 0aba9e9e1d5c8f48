package dev.servicebus.amqp.simulation;

import java.time.Duration;
import java.util.Random;
import java.util.function.BooleanSupplier;

import dev.servicebus.amqp.transport.Network;
import dev.servicebus.amqp.transport.NetworkContract;
import org.junit.jupiter.api.Nested;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The simulation keeps the promises of a network, with chance and without, with latency
 * and without.
 */
class SimulatedNetworkContractTests {

	@Nested
	class Orderly extends Contract {

		Orderly() {
			super(SimulatedNetwork.orderly());
		}

	}

	@Nested
	class Seeded extends Contract {

		Seeded() {
			super(SimulatedNetwork.seeded(new Random().nextLong()));
		}

	}

	@Nested
	class SlowAndInSmallPieces extends Contract {

		SlowAndInSmallPieces() {
			super(SimulatedNetwork.builder()
				.seed(new Random().nextLong())
				.maxChunk(1000)
				.latency(Duration.ofMillis(20))
				.build());
		}

	}

	abstract static class Contract extends NetworkContract {

		private final SimulatedNetwork network;

		Contract(SimulatedNetwork network) {
			this.network = network;
		}

		@Override
		protected Network network() {
			return this.network;
		}

		@Override
		protected void await(BooleanSupplier condition) {
			assertThat(this.network.time().runUntil(condition, Duration.ofHours(1))).as("%s", this.network).isTrue();
		}

	}

}
