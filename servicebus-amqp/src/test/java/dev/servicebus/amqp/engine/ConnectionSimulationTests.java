package dev.servicebus.amqp.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.ConnectionOptions;
import dev.servicebus.amqp.ErrorCondition;
import dev.servicebus.amqp.endpoint.AmqpConnection;
import dev.servicebus.amqp.endpoint.AmqpLink.LinkEnd;
import dev.servicebus.amqp.endpoint.AmqpSession;
import dev.servicebus.amqp.endpoint.ConnectionListener.CloseReason.Kind;
import dev.servicebus.amqp.endpoint.SessionListener;
import dev.servicebus.amqp.sasl.Mechanisms;
import dev.servicebus.amqp.sasl.PlainResponse;
import dev.servicebus.amqp.sasl.SaslAuthenticator;
import dev.servicebus.amqp.sasl.SaslCredentials;
import dev.servicebus.amqp.sasl.SaslIdentity;
import dev.servicebus.amqp.simulation.Direction;
import dev.servicebus.amqp.simulation.SimulatedNetwork;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ConnectionSimulationTests {

	private final LoopbackPeers peers = new LoopbackPeers(SimulatedNetwork.builder().seed(11).maxChunk(3).build());

	@Test
	void bothSidesSeeWhatTheOtherSaid() {
		AmqpConnection connection = connected();

		assertThat(connection.peer().containerId()).isEqualTo("server");
		assertThat(this.peers.accepted).singleElement().satisfies((accepted) -> {
			assertThat(accepted.peer().containerId()).isEqualTo("client");
			assertThat(accepted.peer().hostname()).isEqualTo("localhost");
			assertThat(accepted.identity().mechanism()).isEqualTo(Mechanisms.ANONYMOUS);
		});
	}

	@Test
	void closeIsHeardOnBothSidesOnce() {
		AmqpConnection connection = connected();
		this.peers.onClient(() -> connection.close(null));

		assertThat(this.peers.events.closed).singleElement().satisfies((reason) -> {
			assertThat(reason.kind()).isEqualTo(Kind.LOCAL);
			assertThat(reason.error()).isNull();
		});
		assertThat(this.peers.serverEvents.closed).singleElement()
			.satisfies((reason) -> assertThat(reason.kind()).isEqualTo(Kind.REMOTE));
		assertThat(this.peers.network.connections()).isEmpty();
	}

	@Test
	void remoteCloseCarriesItsReasonAndEndsTheLinks() {
		AmqpConnection connection = connected();
		AmqpSession session = connection.beginSession(new SessionListener() {
		});
		session.attachSender(LoopbackPeers.attach("s"), this.peers.events);
		this.peers.run();
		this.peers.onServer(() -> this.peers.accepted.get(0).close(LoopbackPeers.error("amqp:connection:forced")));

		assertThat(this.peers.events.ended).singleElement().extracting(LinkEnd::cause).isEqualTo(LinkEnd.Cause.PARENT);
		assertThat(this.peers.events.closed).singleElement().satisfies((reason) -> {
			assertThat(reason.kind()).isEqualTo(Kind.REMOTE);
			assertThat(reason.error().condition()).isEqualTo(ErrorCondition.CONNECTION_FORCED);
		});
	}

	@Test
	void resetIsATransportFailure() {
		connected();
		this.peers.network.resetAll();
		this.peers.run();

		assertThat(this.peers.events.closed).singleElement().satisfies((reason) -> {
			assertThat(reason.kind()).isEqualTo(Kind.TRANSPORT);
			assertThat(reason.cause()).isNotNull();
		});
	}

	@Test
	void idleConnectionIsKeptAliveByEmptyFrames() {
		AmqpConnection connection = connected();
		this.peers.network.time().advance(Duration.ofHours(1));

		assertThat(connection.isOpen()).isTrue();
		assertThat(this.peers.events.closed).isEmpty();
	}

	@Test
	void silentPeerIsGivenUpAfterTheIdleTimeout() {
		connected();
		this.peers.network.blackhole(Direction.BOTH);
		this.peers.network.time().advance(ConnectionOptions.DEFAULT_IDLE_TIMEOUT.multipliedBy(2));

		assertThat(this.peers.events.closed).singleElement().satisfies((reason) -> {
			assertThat(reason.kind()).isEqualTo(Kind.TRANSPORT);
			assertThat(reason.error().condition()).isEqualTo(ErrorCondition.RESOURCE_LIMIT_EXCEEDED);
		});
	}

	@Test
	void peerThatNeverOpensIsGivenUp() {
		this.peers.connect();
		this.peers.network.time().runUntil(() -> !this.peers.network.connections().isEmpty(), Duration.ofSeconds(1));
		this.peers.network.blackhole(Direction.BOTH);
		this.peers.network.time().advance(ConnectionOptions.DEFAULT_OPEN_TIMEOUT);

		assertThat(this.peers.events.closed).singleElement()
			.satisfies((reason) -> assertThat(reason.cause()).hasMessageContaining("10000 ms"));
	}

	@Test
	void wrongPasswordIsRefused() {
		this.peers.authenticator = new OnePassword("alice", "secret");
		this.peers.connect(ConnectionOptions.of("client"), SaslCredentials.plain("alice", "wrong"));
		this.peers.run();

		assertThat(this.peers.events.closed).singleElement()
			.satisfies((reason) -> assertThat(reason.kind()).isEqualTo(Kind.AUTHENTICATION));
		assertThat(this.peers.accepted).isEmpty();
		assertThat(this.peers.network.connections()).isEmpty();
	}

	@Test
	void rightPasswordGivesAName() {
		this.peers.authenticator = new OnePassword("alice", "secret");
		this.peers.connect(ConnectionOptions.of("client"), SaslCredentials.plain("alice", "secret"));
		this.peers.run();

		assertThat(this.peers.accepted).singleElement()
			.satisfies((accepted) -> assertThat(accepted.identity()).isEqualTo(new SaslIdentity("PLAIN", "alice")));
	}

	@Test
	void refusedDialIsReported() {
		this.peers.network.refuseConnections();
		this.peers.connect();
		this.peers.run();

		assertThat(this.peers.events.closed).singleElement()
			.satisfies((reason) -> assertThat(reason.kind()).isEqualTo(Kind.TRANSPORT));
	}

	@Test
	void sessionBeyondTheLimitEndsAloneAndAtOnce() {
		AmqpConnection connection = connected();
		List<AmqpError> ends = new ArrayList<>();
		this.peers.onClient(() -> {
			for (int i = 0; i <= ConnectionOptions.DEFAULT_MAX_SESSIONS; i++) {
				connection.beginSession(new SessionListener() {
					@Override
					public void onEnded(AmqpSession session, @Nullable AmqpError error) {
						ends.add(error);
					}
				});
			}
		});
		assertThat(ends).singleElement()
			.satisfies((error) -> assertThat(error.condition()).isEqualTo(ErrorCondition.RESOURCE_LIMIT_EXCEEDED));
		assertThat(connection.isOpen()).isTrue();
	}

	@Test
	void garbageEndsTheConnectionWithAnErrorAndNoException() {
		byte[] garbage = { 'A', 'M', 'Q', 'P', 0, 1, 0, 0, 0, 0, 0, 12, 2, 0, 0, 0, 0x41, 0x41, 0x41, 0x41 };
		RawPeer raw = new RawPeer(this.peers, garbage);
		raw.run();

		assertThat(raw.isClosed()).isTrue();
		assertThat(this.peers.accepted).isEmpty();
	}

	private AmqpConnection connected() {
		AmqpConnection connection = this.peers.connect();
		this.peers.run();
		assertThat(connection.isOpen()).isTrue();
		return connection;
	}

	private record OnePassword(String user, String password) implements SaslAuthenticator {

		@Override
		public List<String> mechanisms() {
			return List.of(Mechanisms.PLAIN);
		}

		@Override
		public @Nullable SaslIdentity authenticate(String mechanism, byte[] response) {
			PlainResponse plain = PlainResponse.parse(response);
			return (plain != null && plain.equals(new PlainResponse(this.user, this.password)))
					? new SaslIdentity(mechanism, this.user) : null;
		}

	}

}
