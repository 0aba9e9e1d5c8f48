package dev.servicebus.client.reliability;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.servicebus.amqp.simulation.Direction;
import dev.servicebus.client.Disposition;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.client.SessionReceiver;
import dev.servicebus.client.amqp.ServiceBusClient;
import dev.servicebus.client.reliability.FaultBench.SourceRecorder;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * F16, F17, F20, F36 to F38 and F41: what is left when something ends.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LifetimeFaultTests {

	private static final ServiceBusMessage IN_SESSION = ServiceBusMessage.builder().body("1").sessionId("s").build();

	@Test
	void f17ThousandWaitsWithoutASessionDoNotDelayTheNextSession() {
		EntityOptions options = EntityOptions.builder().requiresSession(true).build();
		try (FaultBench bench = new FaultBench(17, ServiceBusEmulator.builder().queue("orders", options))) {
			ReceiverOptions orders = ReceiverOptions.queue("orders");
			for (int i = 0; i < 1_000; i++) {
				CompletableFuture<SessionReceiver> none = bench.service.client.acceptNextSessionAsync(orders,
						Duration.ofMillis(200));
				bench.service.advance(Duration.ofMillis(300));
				assertThat(none).isCompletedExceptionally();
			}
			CompletableFuture<SessionReceiver> next = bench.service.client.acceptNextSessionAsync(orders,
					Duration.ofSeconds(5));
			bench.service.run();
			bench.service.await(bench.service.client.sender("orders").sendAsync(IN_SESSION));
			assertThat(bench.timed(() -> bench.service.await(next))).isLessThan(Duration.ofSeconds(1));
		}
	}

	@Test
	void f20LinksThatComeAndGoUseUpNoSessions() {
		Logger frames = (Logger) LoggerFactory.getLogger("dev.servicebus.amqp.frames");
		ListAppender<ILoggingEvent> lines = new ListAppender<>();
		frames.setLevel(Level.TRACE);
		frames.setAdditive(false);
		frames.addAppender(lines);
		try (FaultBench bench = new FaultBench(20)) {
			lines.start();
			for (int i = 0; i < 350; i++) {
				ServiceBusReceiver receiver = bench.receiver();
				bench.service.await(receiver.receiveAsync(1, Duration.ofMillis(5)));
				receiver.close();
				bench.service.run();
			}
			assertThat(bench.service.emulator.queue("orders").consumers()).isZero();
			assertThat(lines.list.stream()
				.map(ILoggingEvent::getFormattedMessage)
				.filter((line) -> line.contains("-> Begin{") && line.contains("remoteChannel=null")))
				.as("sessions begun: one for tokens and one for all links")
				.hasSize(2);
		}
		finally {
			frames.detachAppender(lines);
			frames.setLevel(null);
			frames.setAdditive(true);
		}
	}

	@Test
	void f36MessagesInHandAreSettledAfterTheStop() {
		try (FaultBench bench = new FaultBench(36)) {
			SourceRecorder listener = bench.listen(3);
			bench.send("1", "2", "3", "4");
			bench.service.run();
			bench.service.await(listener.source.stop());
			bench.service.advance(Duration.ofSeconds(10));
			for (ServiceBusReceivedMessage message : listener.messages) {
				bench.service.await(listener.source.settle(message, new Disposition.Complete()));
			}
			listener.source.close();
			bench.service.run();
			assertThat(bench.service.emulator.queue("orders").messages()).singleElement()
				.satisfies((message) -> assertThat(message.deliveryCount()).isZero());
		}
	}

	@Test
	void f37BufferedMessagesAreGivenBackAtOnceAndTheAttemptDoesNotCount() {
		try (FaultBench bench = new FaultBench(37)) {
			for (int i = 0; i < 30; i++) {
				bench.send("m" + i);
			}
			ServiceBusReceiver receiver = bench.service.client
				.receiver(ReceiverOptions.queue("orders").withPrefetch(20));
			bench.complete(receiver, bench.receive(receiver, 1).get(0));
			receiver.close();
			bench.service.advance(Duration.ofSeconds(1));
			assertThat(bench.service.emulator.queue("orders").messages()).hasSize(29).allSatisfy((message) -> {
				assertThat(message.isLocked()).isFalse();
				assertThat(message.deliveryCount()).isZero();
			});
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 5, 8, 13, 16, 18, 20, 22, 25, 30, 40 })
	void f38CloseEndsAtAnyInstantAndNothingOpensAfterwards(int millis) {
		try (FaultBench bench = new FaultBench(38); ServiceBusClient client = anotherClient(bench)) {
			ConnectCounter attempts = new ConnectCounter(bench.service.network);
			List<CompletableFuture<?>> operations = operations(client);
			bench.service.advance(Duration.ofMillis(millis));
			if (millis % 2 == 0) {
				bench.service.network.blackhole(Direction.BOTH);
			}
			client.close();
			client.close();
			operations.addAll(operations(client));
			bench.service.advance(Duration.ofSeconds(16));
			assertThat(operations).allSatisfy((operation) -> assertThat(operation).isDone());
			bench.service.network.heal();
			bench.service.advance(Duration.ofMinutes(2));
			assertThat(bench.service.network.connections()).isEmpty();
			assertThat(attempts.attempts).isEmpty();
		}
	}

	private static List<CompletableFuture<?>> operations(ServiceBusClient client) {
		List<CompletableFuture<?>> operations = new ArrayList<>();
		ServiceBusReceiver receiver = client.receiver(ReceiverOptions.queue("orders"));
		operations.add(client.sender("orders").sendAsync(ServiceBusMessage.of("1")));
		operations.add(receiver.receiveAsync(1, Duration.ofMinutes(1)));
		operations.add(receiver.peekAsync(1, 0));
		return operations;
	}

	private static ServiceBusClient anotherClient(FaultBench bench) {
		return bench.service.client(bench.service.emulator.connectionString());
	}

	@Test
	void f41NothingIsKeptOfOperationsThatHaveEnded() {
		try (FaultBench bench = new FaultBench(41)) {
			Random random = new Random(41);
			List<WeakReference<Object>> kept = new ArrayList<>();
			ServiceBusSender sender = bench.service.client.sender("orders");
			SourceRecorder listener = bench.listen(10);
			for (int i = 0; i < 500; i++) {
				ServiceBusMessage message = ServiceBusMessage.of(new byte[1000]);
				kept.add(new WeakReference<>(message));
				sender.sendAsync(message);
				bench.service.advance(Duration.ofMillis(random.nextInt(20)));
				for (ServiceBusReceivedMessage received : listener.messages) {
					kept.add(new WeakReference<>(received));
					listener.source.settle(received, new Disposition.Complete());
				}
				listener.messages.clear();
				if (random.nextInt(20) == 0) {
					bench.service.network.resetAll();
				}
			}
			bench.service.advance(Duration.ofMinutes(2));
			for (ServiceBusReceivedMessage received : listener.messages) {
				listener.source.settle(received, new Disposition.Complete());
			}
			listener.messages.clear();
			bench.service.advance(Duration.ofMinutes(2));
			long left = kept.size();
			for (int i = 0; i < 50 && left > 0; i++) {
				System.gc();
				left = kept.stream().filter((reference) -> reference.get() != null).count();
			}
			assertThat(left).as("of %d", kept.size()).isLessThanOrEqualTo(1);
		}
	}

}
