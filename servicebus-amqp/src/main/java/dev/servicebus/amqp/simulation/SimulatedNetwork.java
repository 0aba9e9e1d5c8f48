package dev.servicebus.amqp.simulation;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.SplittableRandom;

import dev.servicebus.amqp.transport.BindFailedException;
import dev.servicebus.amqp.transport.ByteChannelHandler;
import dev.servicebus.amqp.transport.ConnectTarget;
import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.amqp.transport.Network;
import org.jspecify.annotations.Nullable;

/**
 * A network in memory whose loops all run on the thread of a test, in {@linkplain #time()
 * virtual time}, and whose faults are method calls. Dialers reach listeners by port; host
 * names and TLS are taken for granted.
 *
 * <pre>{@code
 * SimulatedNetwork network = SimulatedNetwork.seeded(42);
 * network.bind(network.nextLoop(), "localhost", 5672, EchoHandler::new);
 * network.connect(network.nextLoop(), ConnectTarget.plain("localhost", 5672), Duration.ofSeconds(5), client);
 * network.time().runUntilIdle();
 * network.resetAll();
 * network.time().advance(Duration.ofSeconds(30));
 * }</pre>
 *
 * <p>
 * The same seed and the same calls give the same run, down to the sizes of the pieces in
 * which bytes arrive. {@link #toString()} names the seed; print it when a test fails.
 *
 * <p>
 * Connecting and binding are thread-safe; faults belong to the thread that moves the
 * time.
 */
public final class SimulatedNetwork implements Network {

	private static final int FIRST_FREE_PORT = 49152;

	private final SimulatedTime time;

	private final Wire wire;

	private final String description;

	private final Map<Integer, Listener> listeners = new ConcurrentHashMap<>();

	private final AtomicInteger loops = new AtomicInteger();

	private final AtomicInteger freePort = new AtomicInteger(FIRST_FREE_PORT);

	private final List<SimulatedConnection> connections = new ArrayList<>();

	private final Set<ConnectAttempt> stranded = new LinkedHashSet<>();

	private int connectionCount;

	private boolean refusing;

	private @Nullable Direction blackhole;

	private SimulatedNetwork(SimulatedTime time, Wire wire, String description) {
		this.time = time;
		this.wire = wire;
		this.description = description;
	}

	/**
	 * A network without chance: loops take turns, bytes that were flushed together arrive
	 * together, at once.
	 */
	public static SimulatedNetwork orderly() {
		return new Builder().build();
	}

	/**
	 * A network in which the seed decides whose turn it is and into what pieces of up to
	 * 64 KiB the bytes fall; they arrive at once.
	 */
	public static SimulatedNetwork seeded(long seed) {
		return new Builder().seed(seed).build();
	}

	public static Builder builder() {
		return new Builder();
	}

	/**
	 * The time in which all loops of this network live.
	 */
	public SimulatedTime time() {
		return this.time;
	}

	/**
	 * Makes a loop; every call makes another one.
	 */
	@Override
	public EventLoop nextLoop() {
		return this.time.newLoop("loop-" + this.loops.incrementAndGet());
	}

	@Override
	public EventLoop.Timer connect(EventLoop loop, ConnectTarget target, Duration timeLimit,
			ByteChannelHandler handler) {
		ConnectAttempt attempt = new ConnectAttempt(this, loop, target, handler);
		attempt.start(timeLimit);
		return attempt;
	}

	@Override
	public Binding bind(EventLoop loop, String host, int port, Supplier<ByteChannelHandler> handlers) {
		int boundPort = (port != 0) ? port : this.freePort.getAndIncrement();
		Listener listener = new Listener(loop, boundPort, handlers, this.listeners);
		if (this.listeners.putIfAbsent(boundPort, listener) != null) {
			throw new BindFailedException(host, port, new IOException("Address already in use"));
		}
		return listener;
	}

	/**
	 * The connections that at least one side has not closed, oldest first.
	 */
	public List<SimulatedConnection> connections() {
		this.connections.removeIf((connection) -> !connection.isOpen());
		return List.copyOf(this.connections);
	}

	/**
	 * Breaks every connection, see {@link SimulatedConnection#reset()}. New ones are not
	 * affected.
	 */
	public void resetAll() {
		connections().forEach(SimulatedConnection::reset);
	}

	/**
	 * Lets nothing through on any connection, old or new, until {@link #heal()}. Attempts
	 * to connect get no answer.
	 */
	public void blackhole(Direction direction) {
		this.blackhole = direction;
		connections().forEach((connection) -> connection.blackhole(direction));
	}

	/**
	 * Refuses attempts to connect until {@link #heal()}, as if nothing listened.
	 */
	public void refuseConnections() {
		this.refusing = true;
	}

	/**
	 * Ends {@link #blackhole} and {@link #refuseConnections}.
	 */
	public void heal() {
		this.refusing = false;
		this.blackhole = null;
		connections().forEach(SimulatedConnection::heal);
		List<ConnectAttempt> again = List.copyOf(this.stranded);
		this.stranded.clear();
		again.forEach(this::route);
	}

	/**
	 * A number that sums up every piece of bytes delivered so far, with its time and its
	 * receiver: equal for equal runs.
	 */
	public long fingerprint() {
		return this.wire.fingerprint();
	}

	void route(ConnectAttempt attempt) {
		Listener listener = this.listeners.get(attempt.target().port());
		Duration latency = this.wire.latency();
		if (this.blackhole != null) {
			this.stranded.add(attempt);
		}
		else if (this.refusing || listener == null) {
			attempt.refuse(latency.multipliedBy(2));
		}
		else {
			attempt.reach(listener, latency);
		}
	}

	void forget(ConnectAttempt attempt) {
		this.stranded.remove(attempt);
	}

	SimulatedConnection establish(ConnectTarget target, SimulatedChannel dialer, Listener listener) {
		int number = ++this.connectionCount;
		SimulatedChannel acceptor = listener.accept("dialer-" + number);
		SimulatedConnection connection = new SimulatedConnection(number, target, dialer, acceptor, this.wire);
		this.connections.removeIf((earlier) -> !earlier.isOpen());
		this.connections.add(connection);
		if (this.blackhole != null) {
			connection.blackhole(this.blackhole);
		}
		return connection;
	}

	@Override
	public String toString() {
		return "SimulatedNetwork[" + this.description + ", elapsed=" + this.time.elapsed() + "]";
	}

	/**
	 * Settings of a {@link SimulatedNetwork}.
	 */
	public static final class Builder {

		/** The largest piece in which bytes arrive in a seeded network. */
		public static final int DEFAULT_MAX_CHUNK = 64 * 1024;

		private @Nullable Long seed;

		private int maxChunk;

		private Duration latency = Duration.ZERO;

		private Builder() {
		}

		/**
		 * Leaves the order of loops and the pieces of bytes to chance. Default: no
		 * chance.
		 */
		public Builder seed(long seed) {
			this.seed = seed;
			return this;
		}

		/**
		 * Lets bytes arrive in pieces of at most this size; with 1 they dribble. Default:
		 * {@value #DEFAULT_MAX_CHUNK} with a seed, no limit without.
		 */
		public Builder maxChunk(int bytes) {
			if (bytes < 1) {
				throw new IllegalArgumentException("maxChunk must be at least 1 but is " + bytes);
			}
			this.maxChunk = bytes;
			return this;
		}

		/**
		 * How long bytes take one way. Default: no time.
		 */
		public Builder latency(Duration latency) {
			this.latency = latency;
			return this;
		}

		public SimulatedNetwork build() {
			return (this.seed != null) ? seeded(this.seed) : unseeded();
		}

		private SimulatedNetwork seeded(long seed) {
			SplittableRandom root = new SplittableRandom(seed);
			SimulatedTime time = new SimulatedTime(Interleaving.random(root.split()));
			RandomGenerator random = root.split();
			int limit = (this.maxChunk > 0) ? this.maxChunk : DEFAULT_MAX_CHUNK;
			IntSupplier reads = () -> 1 + random.nextInt(4);
			Wire wire = new Wire(time, this.latency, Chunking.random(random, limit), reads);
			return new SimulatedNetwork(time, wire, "seed=" + seed);
		}

		private SimulatedNetwork unseeded() {
			SimulatedTime time = SimulatedTime.roundRobin();
			Chunking chunking = (this.maxChunk > 0) ? (available) -> Math.min(available, this.maxChunk)
					: Chunking.whole();
			return new SimulatedNetwork(time, new Wire(time, this.latency, chunking, () -> 1), "no seed");
		}

	}

}
