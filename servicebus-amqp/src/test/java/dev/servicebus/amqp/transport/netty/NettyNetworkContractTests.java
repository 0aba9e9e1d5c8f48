package dev.servicebus.amqp.transport.netty;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import dev.servicebus.amqp.transport.Network;
import dev.servicebus.amqp.transport.NetworkContract;
import io.netty.channel.epoll.Epoll;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/**
 * Sockets keep the promises of a network, with either poller and with one thread or two.
 */
class NettyNetworkContractTests {

	@Nested
	class Nio extends Contract {

		Nio() {
			super(NettyNetwork.builder().transport(IoTransport.nio()).build());
		}

	}

	@Nested
	class NativeEpoll extends Contract {

		NativeEpoll() {
			super(NettyNetwork.builder().transport(IoTransport.best()).ioThreads(2).build());
		}

		@BeforeEach
		void requireEpoll() {
			Assumptions.assumeTrue(Epoll.isAvailable(), "no native epoll on this machine");
		}

	}

	abstract static class Contract extends NetworkContract {

		private final NettyNetwork network;

		Contract(NettyNetwork network) {
			this.network = network;
		}

		@AfterEach
		void closeNetwork() {
			this.network.close();
		}

		@Override
		protected Network network() {
			return this.network;
		}

		@Override
		protected void await(BooleanSupplier condition) {
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(2))
				.until(condition::getAsBoolean);
		}

	}

}
