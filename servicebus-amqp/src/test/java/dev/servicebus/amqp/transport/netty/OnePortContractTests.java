package dev.servicebus.amqp.transport.netty;

import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

import dev.servicebus.amqp.transport.ConnectFailedException.Reason;
import dev.servicebus.amqp.transport.ConnectTarget;
import dev.servicebus.amqp.transport.Network;
import dev.servicebus.amqp.transport.NetworkContract;
import dev.servicebus.amqp.transport.ProxyOptions;
import dev.servicebus.amqp.transport.WebSocketEndpoint;
import dev.servicebus.amqp.transport.tls.ServerTls;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every way to a port that tells protocols apart keeps the promises of a network.
 */
class OnePortContractTests {

	private static final ServerTls TLS = ServerTls.selfSigned();

	@Nested
	class WebSocket extends Contract {

		WebSocket() {
			super((target) -> target.overWebSocket(WebSocketEndpoint.SERVICE_BUS));
		}

	}

	@Nested
	class SecureWebSocket extends Contract {

		SecureWebSocket() {
			super((target) -> OnePortNetwork.withTls(target).overWebSocket(WebSocketEndpoint.SERVICE_BUS));
		}

	}

	@Nested
	class PlainThroughProxy extends ProxyContract {

		PlainThroughProxy() throws IOException {
			super(UnaryOperator.identity());
		}

		@Override
		protected Network network() {
			return this.network.plainPorts();
		}

	}

	@Nested
	class SecureWebSocketThroughProxy extends ProxyContract {

		SecureWebSocketThroughProxy() throws IOException {
			super((target) -> OnePortNetwork.withTls(target).overWebSocket(WebSocketEndpoint.SERVICE_BUS));
		}

	}

	@ExtendWith(LeaksFail.class)
	abstract static class Contract extends NetworkContract {

		protected final OnePortNetwork network;

		Contract(UnaryOperator<ConnectTarget> way) {
			this.network = new OnePortNetwork(TLS, way);
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

	abstract static class ProxyContract extends Contract {

		private final ConnectProxy proxy;

		ProxyContract(UnaryOperator<ConnectTarget> way) throws IOException {
			this(new ConnectProxy(), way);
		}

		private ProxyContract(ConnectProxy proxy, UnaryOperator<ConnectTarget> way) {
			super((target) -> way.apply(target).throughProxy(ProxyOptions.of("localhost", proxy.port())));
			this.proxy = proxy;
		}

		@AfterEach
		void closeProxy() throws IOException {
			assertThat(this.proxy.requests()).allMatch((request) -> request.startsWith("CONNECT localhost:"));
			this.proxy.close();
		}

		@Override
		protected Reason reasonWhenNobodyListens() {
			return Reason.PROXY_FAILED;
		}

	}

}
