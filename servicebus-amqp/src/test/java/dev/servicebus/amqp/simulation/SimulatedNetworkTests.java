package dev.servicebus.amqp.simulation;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import dev.servicebus.amqp.transport.ConnectFailedException;
import dev.servicebus.amqp.transport.ConnectFailedException.Reason;
import dev.servicebus.amqp.transport.ConnectTarget;
import dev.servicebus.amqp.transport.EchoHandler;
import dev.servicebus.amqp.transport.RecordingHandler;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(60)
class SimulatedNetworkTests {

	private static final int PORT = 5672;

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final SimulatedNetwork network = SimulatedNetwork.builder()
		.seed(new Random().nextLong())
		.latency(Duration.ofMillis(5))
		.build();

	private final SimulatedTime time = this.network.time();

	private final List<RecordingHandler> accepted = new ArrayList<>();

	@Test
	void latencyIsPaidBothWays() {
		listen(this.network);
		RecordingHandler dialer = connect(this.network);
		this.time.advance(Duration.ofMillis(9));
		assertThat(dialer.isConnected()).isFalse();
		this.time.advance(Duration.ofMillis(1));
		assertThat(dialer.isConnected()).isTrue();
		send(dialer, 10);
		this.time.advance(Duration.ofMillis(9));
		assertThat(dialer.receivedCount()).isZero();
		this.time.advance(Duration.ofMillis(1));
		assertThat(dialer.receivedCount()).isEqualTo(10);
	}

	@Test
	void resetLosesBytesAndGivesBothSidesACause() {
		RecordingHandler dialer = connected();
		send(dialer, 10);
		this.network.resetAll();
		this.time.runUntilIdle();
		assertThat(dialer.cause()).hasMessageContaining("reset");
		assertThat(this.accepted.get(0).cause()).hasMessageContaining("reset");
		this.time.advance(Duration.ofMinutes(1));
		assertThat(this.accepted.get(0).receivedCount()).isZero();
		assertThat(this.network.connections()).isEmpty();
	}

	@Test
	void resetOfOneConnectionLeavesTheOthers() {
		RecordingHandler first = connected();
		RecordingHandler second = connected();
		this.network.connections().get(0).reset();
		send(second, 10);
		this.time.advance(Duration.ofSeconds(1));
		assertThat(first.isClosed()).isTrue();
		assertThat(second.receivedCount()).isEqualTo(10);
	}

	@Test
	void resetWhileConnectingIsAFailedAttempt() {
		listen(this.network);
		RecordingHandler dialer = connect(this.network);
		this.time.advance(Duration.ofMillis(7));
		this.network.resetAll();
		this.time.advance(LIMIT);
		assertThat(dialer.isConnected()).isFalse();
		assertThat(dialer.cause()).isInstanceOf(ConnectFailedException.class);
		assertThat(dialer.violations()).isEmpty();
	}

	@RepeatedTest(50)
	void connectionCanBeCutAfterAnyNumberOfBytes() {
		int bytes = new Random().nextInt(1000);
		RecordingHandler dialer = connected();
		this.network.connections().get(0).resetAfter(Direction.TO_LISTENER, bytes);
		send(dialer, 1001);
		this.time.advance(Duration.ofSeconds(1));
		assertThat(this.accepted.get(0).receivedCount()).as("%s", this.network).isEqualTo(bytes);
		assertThat(dialer.cause()).isNotNull();
		assertThat(this.accepted.get(0).cause()).isNotNull();
	}

	@Test
	void blackHoleHoldsBytesBackUntilItHeals() {
		RecordingHandler dialer = connected();
		this.network.blackhole(Direction.BOTH);
		send(dialer, 10);
		this.time.advance(Duration.ofHours(1));
		assertThat(this.accepted.get(0).receivedCount()).isZero();
		assertThat(dialer.isClosed()).isFalse();
		this.network.heal();
		this.time.advance(Duration.ofSeconds(1));
		assertThat(dialer.receivedCount()).isEqualTo(10);
	}

	@Test
	void blackHoleOneWayLetsTheOtherWayThrough() {
		RecordingHandler dialer = connected();
		this.network.blackhole(Direction.TO_DIALER);
		send(dialer, 10);
		this.time.advance(Duration.ofHours(1));
		assertThat(this.accepted.get(0).receivedCount()).isEqualTo(10);
		assertThat(dialer.receivedCount()).isZero();
	}

	@Test
	void endDoesNotCrossABlackHole() {
		RecordingHandler dialer = connected();
		this.network.blackhole(Direction.BOTH);
		this.time.runOn(dialer.channel().loop(), () -> dialer.channel().close());
		this.time.advance(Duration.ofHours(1));
		assertThat(dialer.isClosed()).isTrue();
		assertThat(this.accepted.get(0).isClosed()).isFalse();
		this.network.heal();
		this.time.advance(Duration.ofSeconds(1));
		assertThat(this.accepted.get(0).isClosed()).isTrue();
	}

	@Test
	void senderIntoABlackHoleIsToldToWait() {
		RecordingHandler dialer = connected();
		this.network.blackhole(Direction.TO_LISTENER);
		send(dialer, Pipe.HIGH_WATERMARK + 1);
		assertThat(dialer.channel().isWritable()).isFalse();
		this.network.heal();
		this.time.advance(Duration.ofSeconds(1));
		assertThat(dialer.channel().isWritable()).isTrue();
	}

	@Test
	void attemptIntoABlackHoleFailsWhenItsTimeHasPassed() {
		listen(this.network);
		this.network.blackhole(Direction.BOTH);
		RecordingHandler dialer = connect(this.network);
		this.time.advance(LIMIT.minusMillis(1));
		assertThat(dialer.isClosed()).isFalse();
		this.time.advance(Duration.ofMillis(1));
		assertThat(dialer.cause()).isInstanceOfSatisfying(ConnectFailedException.class,
				(failure) -> assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT));
		this.network.heal();
		this.time.advance(LIMIT);
		assertThat(this.accepted).isEmpty();
		assertThat(dialer.violations()).isEmpty();
	}

	@Test
	void attemptIntoABlackHoleSucceedsWhenItHealsInTime() {
		listen(this.network);
		this.network.blackhole(Direction.BOTH);
		RecordingHandler dialer = connect(this.network);
		this.time.advance(Duration.ofSeconds(1));
		this.network.heal();
		this.time.advance(Duration.ofSeconds(1));
		assertThat(dialer.isConnected()).isTrue();
	}

	@Test
	void refusedUntilHealed() {
		listen(this.network);
		this.network.refuseConnections();
		RecordingHandler refused = connect(this.network);
		this.time.advance(Duration.ofSeconds(1));
		assertThat(refused.cause()).isInstanceOfSatisfying(ConnectFailedException.class,
				(failure) -> assertThat(failure.reason()).isEqualTo(Reason.REFUSED));
		this.network.heal();
		RecordingHandler welcome = connect(this.network);
		this.time.advance(Duration.ofSeconds(1));
		assertThat(welcome.isConnected()).isTrue();
	}

	@Test
	void attemptGivenUpMeanwhileEndsTheAcceptedSide() {
		listen(this.network);
		RecordingHandler dialer = new RecordingHandler();
		this.network.connect(this.network.nextLoop(), ConnectTarget.plain("localhost", PORT), Duration.ofMillis(7),
				dialer);
		this.time.advance(Duration.ofSeconds(1));
		assertThat(dialer.isConnected()).isFalse();
		assertThat(dialer.isClosed()).isTrue();
		assertThat(this.accepted.get(0).isClosed()).isTrue();
		assertThat(this.network.connections()).isEmpty();
	}

	@Test
	void wrongLoopIsCaught() {
		RecordingHandler dialer = connected();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> dialer.channel().flush())
			.withMessageContaining("loop");
	}

	@Test
	void handlerThatLeavesBytesUnreadIsCaught() {
		this.network.bind(this.network.nextLoop(), "localhost", PORT, () -> new RecordingHandler() {
			@Override
			public void read(ByteBuffer bytes) {
				bytes.get();
			}
		});
		RecordingHandler dialer = connect(this.network);
		this.time.advance(Duration.ofSeconds(1));
		send(dialer, 500);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.time.advance(Duration.ofSeconds(1)))
			.withMessageContaining("unread");
	}

	@Test
	void smallestChunkDribbles() {
		SimulatedNetwork dribbling = SimulatedNetwork.builder().seed(1).maxChunk(1).build();
		List<Integer> sizes = new ArrayList<>();
		dribbling.bind(dribbling.nextLoop(), "localhost", PORT, () -> new RecordingHandler() {
			@Override
			public void read(ByteBuffer bytes) {
				sizes.add(bytes.remaining());
				super.read(bytes);
			}
		});
		RecordingHandler dialer = connect(dribbling);
		dribbling.time().runUntilIdle();
		dribbling.time().runOn(dialer.channel().loop(), () -> {
			dialer.channel().write(ByteBuffer.wrap(new byte[100]));
			dialer.channel().flush();
		});
		assertThat(sizes).hasSize(100).containsOnly(1);
	}

	@Test
	void separateFlushesMayArriveTogether() {
		RecordingHandler dialer = connected();
		List<Integer> sizes = new ArrayList<>();
		for (int round = 0; round < 200; round++) {
			long before = this.accepted.get(0).receivedCount();
			this.time.runOn(dialer.channel().loop(), () -> {
				for (int i = 0; i < 20; i++) {
					dialer.channel().write(ByteBuffer.wrap(new byte[1]));
					dialer.channel().flush();
				}
			});
			this.time.runUntil(() -> this.accepted.get(0).receivedCount() > before, Duration.ofSeconds(1));
			sizes.add((int) (this.accepted.get(0).receivedCount() - before));
			this.time.advance(Duration.ofSeconds(1));
		}
		assertThat(sizes).as("%s", this.network).anyMatch((size) -> size > 1).anyMatch((size) -> size < 20);
	}

	@RepeatedTest(20)
	void sameSeedGivesTheSameRun() {
		long seed = new Random().nextLong();
		assertThat(run(seed)).as("seed %d", seed).isEqualTo(run(seed));
	}

	@Test
	void otherSeedGivesAnotherRun() {
		assertThat(run(1)).isNotEqualTo(run(2));
	}

	@Test
	void descriptionNamesTheSeed() {
		assertThat(SimulatedNetwork.seeded(4711)).hasToString("SimulatedNetwork[seed=4711, elapsed=PT0S]");
		assertThat(SimulatedNetwork.orderly()).asString().contains("no seed");
	}

	private long run(long seed) {
		SimulatedNetwork other = SimulatedNetwork.builder().seed(seed).latency(Duration.ofMillis(1)).build();
		listen(other);
		Random random = new Random(seed);
		List<RecordingHandler> dialers = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			switch (random.nextInt(10)) {
				case 0 -> dialers.add(connect(other));
				case 1 -> other.blackhole(Direction.values()[random.nextInt(3)]);
				case 2 -> other.heal();
				case 3 -> other.connections().stream().findAny().ifPresent(SimulatedConnection::reset);
				default -> dialers.stream()
					.filter((dialer) -> dialer.isConnected() && !dialer.isClosed())
					.forEach((dialer) -> dialer.channel().loop().execute(() -> {
						dialer.channel().write(ByteBuffer.wrap(new byte[random.nextInt(2000)]));
						dialer.channel().flush();
					}));
			}
			other.time().advance(Duration.ofMillis(random.nextInt(5)));
		}
		assertThat(dialers).allSatisfy((dialer) -> assertThat(dialer.violations()).isEmpty());
		return other.fingerprint();
	}

	private RecordingHandler connected() {
		if (this.accepted.isEmpty()) {
			listen(this.network);
		}
		RecordingHandler dialer = connect(this.network);
		this.time.advance(Duration.ofSeconds(1));
		assertThat(dialer.isConnected()).isTrue();
		return dialer;
	}

	private void listen(SimulatedNetwork network) {
		network.bind(network.nextLoop(), "localhost", PORT, () -> {
			RecordingHandler handler = new EchoHandler();
			this.accepted.add(handler);
			return handler;
		});
	}

	private static RecordingHandler connect(SimulatedNetwork network) {
		RecordingHandler handler = new RecordingHandler();
		network.connect(network.nextLoop(), ConnectTarget.plain("localhost", PORT), LIMIT, handler);
		return handler;
	}

	private void send(RecordingHandler handler, int bytes) {
		this.time.runOn(handler.channel().loop(), () -> {
			handler.channel().write(ByteBuffer.wrap(new byte[bytes]));
			handler.channel().flush();
		});
	}

}
