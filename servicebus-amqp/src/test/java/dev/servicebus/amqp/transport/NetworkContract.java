package dev.servicebus.amqp.transport;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import dev.servicebus.amqp.transport.ConnectFailedException.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What every {@link Network} promises. A subclass says which network and how to wait.
 */
@Timeout(60)
public abstract class NetworkContract {

	protected static final Duration LIMIT = Duration.ofSeconds(10);

	/** Marks tests that move too many bytes for each of them to be watched. */
	public static final String BULK = "bulk";

	private final List<Network.Binding> bindings = new ArrayList<>();

	private final List<RecordingHandler> accepted = new ArrayList<>();

	/** The network under test. */
	protected abstract Network network();

	/** Lets the network work until a condition holds, and fails if it never does. */
	protected abstract void await(BooleanSupplier condition);

	/** How it is told that nobody listens on a port. */
	protected Reason reasonWhenNobodyListens() {
		return Reason.REFUSED;
	}

	@AfterEach
	void closeBindings() {
		this.bindings.forEach(Network.Binding::close);
	}

	@Test
	void bothSidesLearnThatTheyAreConnected() {
		RecordingHandler dialer = connect(bind(RecordingHandler::new));
		awaitConnected(dialer);
		await(() -> acceptedCount() == 1);
		awaitConnected(acceptedSide(0));
		assertThat(dialer.channel().peer()).contains("localhost");
		assertThat(acceptedSide(0).channel().peer()).isNotBlank();
		assertThat(dialer.channel().isWritable()).isTrue();
	}

	@Test
	void bytesArriveUnchangedWhateverThePieces() {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		byte[] sent = new byte[300_000];
		random.nextBytes(sent);
		RecordingHandler dialer = connect(bind(EchoHandler::new));
		awaitConnected(dialer);
		onLoop(dialer, () -> {
			int offset = 0;
			while (offset < sent.length) {
				int length = Math.min(1 + random.nextInt(20_000), sent.length - offset);
				dialer.channel().write(ByteBuffer.wrap(sent, offset, length));
				if (random.nextBoolean()) {
					dialer.channel().flush();
				}
				offset += length;
			}
			dialer.channel().flush();
		});
		await(() -> dialer.receivedCount() == sent.length);
		assertThat(dialer.received()).as("seed %d", seed).isEqualTo(sent);
		assertThat(dialer.violations()).isEmpty();
	}

	@Test
	void writeCopiesSoThatTheBufferMayBeReused() {
		RecordingHandler dialer = connect(bind(EchoHandler::new));
		awaitConnected(dialer);
		onLoop(dialer, () -> {
			ByteBuffer buffer = ByteBuffer.allocateDirect(4).putInt(0, 1);
			dialer.channel().write(buffer);
			assertThat(buffer.hasRemaining()).isFalse();
			buffer.clear().putInt(0, 2);
			dialer.channel().write(buffer);
			buffer.putInt(0, 3);
			dialer.channel().flush();
		});
		await(() -> dialer.receivedCount() == 8);
		assertThat(dialer.received()).containsExactly(0, 0, 0, 1, 0, 0, 0, 2);
	}

	@Test
	void nothingLeavesBeforeItIsFlushed() {
		RecordingHandler dialer = connect(bind(RecordingHandler::new));
		awaitConnected(dialer);
		await(() -> acceptedCount() == 1);
		onLoop(dialer, () -> dialer.channel().write(ByteBuffer.wrap(new byte[] { 1, 2 })));
		RecordingHandler second = connect(this.bindings.get(0));
		awaitConnected(second);
		assertThat(acceptedSide(0).receivedCount()).isZero();
		onLoop(dialer, () -> dialer.channel().flush());
		await(() -> acceptedSide(0).receivedCount() == 2);
	}

	@Test
	@Tag(BULK)
	void senderThatHonoursBackPressureGetsEverythingThrough() {
		long total = 32L * 1024 * 1024;
		RecordingHandler sender = new FloodingHandler(total);
		network().connect(network().nextLoop(), target(bind(CountingHandler::new)), LIMIT, sender);
		awaitConnected(sender);
		await(() -> acceptedCount() == 1 && acceptedSide(0).receivedCount() == total);
		assertThat(((FloodingHandler) sender).pauses()).as("times the sender had to wait").isPositive();
		assertThat(sender.violations()).isEmpty();
	}

	@Test
	void orderlyCloseDeliversWhatWasWrittenAndEndsBothSidesWithoutACause() {
		RecordingHandler dialer = connect(bind(RecordingHandler::new));
		awaitConnected(dialer);
		onLoop(dialer, () -> {
			dialer.channel().write(ByteBuffer.wrap(new byte[100_000]));
			dialer.channel().close();
			dialer.channel().close();
			assertThat(dialer.isClosed()).as("closed is heard in a task of its own").isFalse();
		});
		await(() -> dialer.isClosed() && acceptedCount() == 1 && acceptedSide(0).isClosed());
		assertThat(dialer.cause()).isNull();
		assertThat(acceptedSide(0).cause()).isNull();
		assertThat(acceptedSide(0).receivedCount()).isEqualTo(100_000);
		assertThat(dialer.violations()).isEmpty();
		assertThat(acceptedSide(0).violations()).isEmpty();
	}

	@Test
	void abortEndsThisSideWithItsCause() {
		RecordingHandler dialer = connect(bind(RecordingHandler::new));
		awaitConnected(dialer);
		await(() -> acceptedCount() == 1);
		IllegalStateException cause = new IllegalStateException("idle");
		onLoop(dialer, () -> dialer.channel().abort(cause));
		await(() -> dialer.isClosed() && acceptedSide(0).isClosed());
		assertThat(dialer.cause()).isSameAs(cause);
		assertThat(acceptedSide(0).cause()).as("the peer hears a reset").isNotNull();
	}

	@Test
	void closedChannelIgnoresWritesAndIsNotWritable() {
		RecordingHandler dialer = connect(bind(RecordingHandler::new));
		awaitConnected(dialer);
		onLoop(dialer, () -> dialer.channel().close());
		await(dialer::isClosed);
		onLoop(dialer, () -> {
			ByteBuffer late = ByteBuffer.wrap(new byte[10]);
			dialer.channel().write(late);
			assertThat(late.hasRemaining()).isFalse();
			dialer.channel().flush();
			dialer.channel().abort(new IllegalStateException("late"));
			assertThat(dialer.channel().isWritable()).isFalse();
		});
		assertThat(dialer.cause()).isNull();
		assertThat(dialer.violations()).isEmpty();
	}

	@Test
	void handlerThatThrowsLosesItsChannelWithThatCause() {
		IllegalStateException cause = new IllegalStateException("broken handler");
		RecordingHandler dialer = connect(bind(() -> new RecordingHandler() {
			@Override
			public void read(ByteBuffer bytes) {
				throw cause;
			}
		}));
		awaitConnected(dialer);
		onLoop(dialer, () -> {
			dialer.channel().write(ByteBuffer.wrap(new byte[10]));
			dialer.channel().flush();
		});
		await(() -> dialer.isClosed() && acceptedSide(0).isClosed());
		assertThat(acceptedSide(0).cause()).isSameAs(cause);
	}

	@Test
	void portOnWhichNobodyListensRefuses() {
		Network.Binding binding = bind(RecordingHandler::new);
		binding.close();
		RecordingHandler dialer = connect(binding);
		await(dialer::isClosed);
		assertThat(dialer.cause()).isInstanceOfSatisfying(ConnectFailedException.class, (failure) -> {
			assertThat(failure.reason()).isEqualTo(reasonWhenNobodyListens());
			assertThat(failure).hasMessageContaining("localhost:" + binding.port());
		});
		assertThat(dialer.isConnected()).isFalse();
	}

	@Test
	void closedBindingKeepsItsChannels() {
		Network.Binding binding = bind(EchoHandler::new);
		RecordingHandler dialer = connect(binding);
		awaitConnected(dialer);
		binding.close();
		binding.close();
		onLoop(dialer, () -> {
			dialer.channel().write(ByteBuffer.wrap(new byte[] { 42 }));
			dialer.channel().flush();
		});
		await(() -> dialer.receivedCount() == 1);
	}

	@Test
	void takenPortCannotBeBound() {
		Network.Binding binding = bind(RecordingHandler::new);
		assertThatExceptionOfType(BindFailedException.class)
			.isThrownBy(() -> network().bind(network().nextLoop(), "localhost", binding.port(), RecordingHandler::new))
			.withMessageContaining("localhost:" + binding.port());
	}

	@Test
	void releasedPortCanBeBoundAgain() {
		Network.Binding first = bind(RecordingHandler::new);
		first.close();
		Network.Binding again = network().bind(network().nextLoop(), "localhost", first.port(), RecordingHandler::new);
		this.bindings.add(again);
		assertThat(again.port()).isEqualTo(first.port());
	}

	@Test
	void cancelledAttemptEndsOnce() {
		Network.Binding binding = bind(RecordingHandler::new);
		RecordingHandler dialer = new RecordingHandler();
		EventLoop loop = network().nextLoop();
		loop.execute(() -> {
			EventLoop.Timer attempt = network().connect(loop, target(binding), LIMIT, dialer);
			attempt.cancel();
			attempt.cancel();
		});
		await(dialer::isClosed);
		assertThat(dialer.isConnected()).isFalse();
		assertThat(dialer.cause()).isInstanceOfSatisfying(ConnectFailedException.class,
				(failure) -> assertThat(failure.reason()).isEqualTo(Reason.CANCELLED));
		assertThat(dialer.violations()).isEmpty();
	}

	protected Network.Binding bind(Supplier<RecordingHandler> handlers) {
		Network.Binding binding = network().bind(network().nextLoop(), "localhost", 0, () -> {
			RecordingHandler handler = handlers.get();
			synchronized (this.accepted) {
				this.accepted.add(handler);
			}
			return handler;
		});
		this.bindings.add(binding);
		return binding;
	}

	protected RecordingHandler connect(Network.Binding binding) {
		RecordingHandler handler = new RecordingHandler();
		network().connect(network().nextLoop(), target(binding), LIMIT, handler);
		return handler;
	}

	protected static ConnectTarget target(Network.Binding binding) {
		return ConnectTarget.plain("localhost", binding.port());
	}

	protected int acceptedCount() {
		synchronized (this.accepted) {
			return this.accepted.size();
		}
	}

	protected RecordingHandler acceptedSide(int index) {
		synchronized (this.accepted) {
			return this.accepted.get(index);
		}
	}

	protected void awaitConnected(RecordingHandler handler) {
		await(() -> handler.isConnected() || handler.isClosed());
		assertThat(handler.cause()).isNull();
	}

	/** Runs a task on a channel's loop and waits for it. */
	protected void onLoop(RecordingHandler handler, Runnable task) {
		CompletableFuture<Void> done = new CompletableFuture<>();
		handler.channel().loop().execute(() -> {
			try {
				task.run();
				done.complete(null);
			}
			catch (Throwable ex) {
				done.completeExceptionally(ex);
			}
		});
		await(done::isDone);
		done.join();
	}

}
