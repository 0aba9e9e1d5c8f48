package dev.servicebus.amqp.transport.netty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.transport.BindFailedException;
import dev.servicebus.amqp.transport.ConnectFailedException;
import dev.servicebus.amqp.transport.ConnectFailedException.Reason;
import dev.servicebus.amqp.transport.ConnectTarget;
import dev.servicebus.amqp.transport.EchoHandler;
import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.amqp.transport.Network;
import dev.servicebus.amqp.transport.RecordingHandler;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(60)
class NettyNetworkTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final List<NettyNetwork> networks = new ArrayList<>();

	private NettyNetwork network = use(NettyNetwork.builder());

	@AfterEach
	void close() {
		this.networks.forEach(NettyNetwork::close);
	}

	@Test
	void localhostMeansBothLoopbackAddressesOnOnePort() throws IOException {
		Assumptions.assumeTrue(NetworkInterface.getByInetAddress(InetAddress.getByName("::1")) != null, "no IPv6");
		Network.Binding binding = bind("localhost", 0);
		for (String address : List.of("127.0.0.1", "::1")) {
			RecordingHandler handler = connect(ConnectTarget.plain(address, binding.port()));
			awaitEnd(handler);
			assertThat(handler.isConnected()).as(address).isTrue();
		}
	}

	@Test
	void portThatIsTakenOnOneLoopbackAddressOnlyIsTaken() throws IOException {
		InetAddress ipv6 = InetAddress.getByName("::1");
		Assumptions.assumeTrue(NetworkInterface.getByInetAddress(ipv6) != null, "no IPv6");
		try (ServerSocket taken = new ServerSocket(0, 1, ipv6)) {
			assertThatExceptionOfType(BindFailedException.class)
				.isThrownBy(() -> bind("localhost", taken.getLocalPort()));
			bind("127.0.0.1", taken.getLocalPort());
		}
	}

	@Test
	void hostWithoutAddressCannotBeBound() {
		assertThatExceptionOfType(BindFailedException.class).isThrownBy(() -> bind("no-such-host.invalid", 0))
			.withMessageContaining("no-such-host.invalid");
	}

	@Test
	void hostWithoutAddressCannotBeDialled() {
		use(NettyNetwork.builder().resolver((host) -> {
			throw new UnknownHostException(host);
		}));
		RecordingHandler handler = connect(ConnectTarget.plain("gone.example", 5672));
		assertFailure(handler, Reason.UNKNOWN_HOST);
		assertThat(handler.cause()).hasMessageContaining("gone.example");
	}

	@Test
	void addressThatSwallowsPacketsDoesNotKeepTheNextOneFromBeingTried() throws IOException {
		InetAddress deaf = InetAddress.getByName("127.0.0.2");
		Network.Binding binding = bind("127.0.0.1", 0);
		List<Socket> filling = new ArrayList<>();
		try (ServerSocket full = new ServerSocket()) {
			full.bind(new InetSocketAddress(deaf, binding.port()), 1);
			fillBacklog(full, filling);
			use(NettyNetwork.builder()
				.resolver((host) -> new InetAddress[] { deaf, InetAddress.getByName("127.0.0.1") }));
			RecordingHandler handler = connect(ConnectTarget.plain("two-addresses.example", binding.port()));
			awaitEnd(handler);
			assertThat(handler.cause()).isNull();
			assertThat(handler.isConnected()).isTrue();
		}
		finally {
			for (Socket socket : filling) {
				socket.close();
			}
		}
	}

	@Test
	void refusingAddressIsSkippedAtOnce() throws IOException {
		Network.Binding binding = bind("127.0.0.1", 0);
		use(NettyNetwork.builder()
			.resolver((host) -> new InetAddress[] { InetAddress.getByName("127.0.0.3"),
					InetAddress.getByName("127.0.0.1") }));
		RecordingHandler handler = connect(ConnectTarget.plain("two-addresses.example", binding.port()));
		awaitEnd(handler);
		assertThat(handler.isConnected()).isTrue();
	}

	@Test
	void slowNameServerUsesUpTheTimeLimitButNoLoop() throws InterruptedException {
		CountDownLatch answer = new CountDownLatch(1);
		use(NettyNetwork.builder().resolver((host) -> {
			try {
				answer.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			throw new UnknownHostException(host);
		}));
		EventLoop loop = this.network.nextLoop();
		RecordingHandler handler = new RecordingHandler();
		this.network.connect(loop, ConnectTarget.plain("slow.example", 5672), Duration.ofMillis(100), handler);
		CountDownLatch free = new CountDownLatch(1);
		loop.execute(free::countDown);
		assertThat(free.await(5, TimeUnit.SECONDS)).isTrue();
		assertFailure(handler, Reason.TIMEOUT);
		answer.countDown();
	}

	@Test
	void peerThatNeverReadsDoesNotKeepAChannelFromClosing() throws IOException {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			RecordingHandler handler = connect(ConnectTarget.plain("127.0.0.1", server.getLocalPort()));
			awaitEnd(handler);
			handler.channel().loop().execute(() -> {
				handler.channel().write(ByteBuffer.allocate(32 * 1024 * 1024));
				handler.channel().close();
			});
			Awaitility.await().atMost(Duration.ofSeconds(20)).until(handler::isClosed);
			assertThat(handler.cause()).hasMessageContaining("did not take the last bytes");
		}
	}

	@Test
	void timersRunOnTheLoopUnlessCancelled() throws Exception {
		EventLoop loop = this.network.nextLoop();
		CompletableFuture<Boolean> onLoop = new CompletableFuture<>();
		CompletableFuture<Void> cancelled = new CompletableFuture<>();
		loop.execute(() -> loop.schedule(Duration.ofMillis(1), () -> cancelled.complete(null)).cancel());
		loop.schedule(Duration.ofSeconds(Long.MAX_VALUE), () -> cancelled.complete(null));
		long before = loop.nanoTime();
		loop.schedule(Duration.ofMillis(20), () -> onLoop.complete(loop.inEventLoop()));
		assertThat(onLoop.get(5, TimeUnit.SECONDS)).isTrue();
		assertThat(loop.nanoTime() - before).isGreaterThanOrEqualTo(20_000_000);
		assertThat(cancelled).isNotDone();
		assertThat(loop.inEventLoop()).isFalse();
	}

	@Test
	void threadsCarryTheGivenNameAndKeepTheProgramAlive() throws Exception {
		use(NettyNetwork.builder().threadNamePrefix("orders"));
		CompletableFuture<Thread> thread = new CompletableFuture<>();
		this.network.nextLoop().execute(() -> thread.complete(Thread.currentThread()));
		assertThat(thread.get(5, TimeUnit.SECONDS).getName()).startsWith("orders-");
		assertThat(thread.join().isDaemon()).isFalse();
	}

	@RepeatedTest(30)
	void closeEndsChannelsAndThreadsAndMayBeRepeated() throws Exception {
		Network.Binding binding = bind("localhost", 0);
		RecordingHandler handler = connect(ConnectTarget.plain("localhost", binding.port()));
		awaitEnd(handler);
		CompletableFuture<Thread> thread = new CompletableFuture<>();
		this.network.nextLoop().execute(() -> thread.complete(Thread.currentThread()));
		this.network.close();
		this.network.close();
		thread.join().join(5000);
		assertThat(thread.join().isAlive()).isFalse();
		assertThat(handler.isClosed()).isTrue();
	}

	@Test
	void closeOnALoopDoesNotWaitForItself() throws Exception {
		CompletableFuture<Thread> thread = new CompletableFuture<>();
		this.network.nextLoop().execute(() -> {
			this.network.close();
			thread.complete(Thread.currentThread());
		});
		thread.get(3, TimeUnit.SECONDS).join(5000);
		assertThat(thread.join().isAlive()).isFalse();
	}

	@Test
	void bindingOnTheLoopItselfIsRefused() throws Exception {
		EventLoop loop = this.network.nextLoop();
		CompletableFuture<Void> done = new CompletableFuture<>();
		loop.execute(() -> {
			assertThatIllegalStateException()
				.isThrownBy(() -> this.network.bind(loop, "localhost", 0, RecordingHandler::new));
			done.complete(null);
		});
		done.get(5, TimeUnit.SECONDS);
	}

	@Test
	void settingsThatCannotWorkAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> NettyNetwork.builder().ioThreads(0));
		assertThatIllegalArgumentException().isThrownBy(() -> NettyNetwork.builder().writeWatermarks(10, 5));
	}

	private NettyNetwork use(NettyNetwork.Builder builder) {
		this.network = builder.build();
		this.networks.add(this.network);
		return this.network;
	}

	private Network.Binding bind(String host, int port) {
		return this.network.bind(this.network.nextLoop(), host, port, EchoHandler::new);
	}

	private RecordingHandler connect(ConnectTarget target) {
		RecordingHandler handler = new RecordingHandler();
		this.network.connect(this.network.nextLoop(), target, LIMIT, handler);
		return handler;
	}

	private static void fillBacklog(ServerSocket server, List<Socket> filling) throws IOException {
		for (int i = 0; i < 16; i++) {
			Socket socket = new Socket();
			filling.add(socket);
			try {
				socket.connect(server.getLocalSocketAddress(), 200);
			}
			catch (IOException ex) {
				return;
			}
		}
		Assumptions.abort("this system lets any number of connections wait");
	}

	private static void awaitEnd(RecordingHandler handler) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(5))
			.until(() -> handler.isConnected() || handler.isClosed());
	}

	private static void assertFailure(RecordingHandler handler, Reason reason) {
		awaitEnd(handler);
		assertThat(handler.cause()).isInstanceOfSatisfying(ConnectFailedException.class,
				(failure) -> assertThat(failure.reason()).as("%s", failure).isEqualTo(reason));
	}

}
