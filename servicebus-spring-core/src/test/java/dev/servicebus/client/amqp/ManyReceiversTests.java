package dev.servicebus.client.amqp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.emulator.FrameTap;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.frame.Frame;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What very many receivers of one client need, over a socket.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ManyReceiversTests {

	private static final int RECEIVERS = 1_000;

	private static final Duration WAIT = Duration.ofSeconds(60);

	private static final Pattern IO_THREAD = Pattern.compile("servicebus-io(-\\d+)+");

	private final Set<Integer> connections = ConcurrentHashMap.newKeySet();

	private final Set<Integer> channels = ConcurrentHashMap.newKeySet();

	@Test
	void thousandReceiversShareOneConnectionAndOneIoThread() throws Exception {
		Set<Thread> before = ioThreads();
		try (ServiceBusEmulator emulator = ServiceBusEmulator.builder().queue("orders").build().start();
				FrameTap tap = emulator.frames().tap(this::note);
				ServiceBusClient client = ServiceBusClient.builder()
					.connectionString(emulator.connectionString())
					.build()) {
			List<CompletableFuture<List<ServiceBusReceivedMessage>>> waiting = new ArrayList<>();
			for (int i = 0; i < RECEIVERS; i++) {
				ServiceBusReceiver receiver = client.receiver(ReceiverOptions.queue("orders"));
				waiting.add(receiver.receiveAsync(1, WAIT));
			}
			for (int i = 0; i < RECEIVERS; i++) {
				client.sender("orders").sendAsync(ServiceBusMessage.of("message " + i));
			}
			Set<String> received = new HashSet<>();
			for (CompletableFuture<List<ServiceBusReceivedMessage>> one : waiting) {
				received.add(one.get(WAIT.toSeconds(), TimeUnit.SECONDS).get(0).bodyAsString());
			}

			assertThat(received).as("every receiver has got a message of its own").hasSize(RECEIVERS);
			assertThat(this.connections).hasSize(1);
			assertThat(this.channels).as("sessions").hasSizeLessThan(RECEIVERS / 50);
			Set<Thread> added = ioThreads();
			added.removeAll(before);
			assertThat(added).hasSize(1);
		}
	}

	private void note(Frame frame) {
		this.connections.add(frame.connection());
		if (frame.isFromClient("begin")) {
			this.channels.add(frame.channel());
		}
	}

	private static Set<Thread> ioThreads() {
		Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
		threads.removeIf((thread) -> !IO_THREAD.matcher(thread.getName()).matches());
		return threads;
	}

}
