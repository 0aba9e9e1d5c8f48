package dev.servicebus.client.twin;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

import dev.servicebus.client.amqp.ServiceBusClient;
import dev.servicebus.emulator.FrameRecording;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.frame.Frame;
import dev.servicebus.message.ServiceBusMessage;
import org.awaitility.Awaitility;

/**
 * Records one client on an emulator of its own, from its first word to its last.
 */
final class TwinBench {

	private TwinBench() {
	}

	static Facts theirs(TwinOperation operation) throws Exception {
		try (ServiceBusEmulator emulator = emulator(operation)) {
			FrameRecording recording = emulator.frames().record();
			try (TheirClients clients = new TheirClients(emulator.connectionString())) {
				operation.theirs().run(clients);
			}
			return factsOf(recording);
		}
	}

	static Facts ours(TwinOperation operation) throws Exception {
		try (ServiceBusEmulator emulator = emulator(operation)) {
			FrameRecording recording = emulator.frames().record();
			try (ServiceBusClient client = client(emulator)) {
				operation.ours().run(client);
			}
			return factsOf(recording);
		}
	}

	private static ServiceBusEmulator emulator(TwinOperation operation) {
		ServiceBusEmulator emulator = ServiceBusEmulator.builder()
			.queue(TwinOperation.QUEUE)
			.queue(TwinOperation.SESSIONS, EntityOptions.builder().requiresSession(true).build())
			.subscription(TwinOperation.TOPIC, TwinOperation.SUBSCRIPTION)
			.build()
			.start();
		if (operation.messages() > 0) {
			try (ServiceBusClient client = client(emulator)) {
				List<ServiceBusMessage> messages = Collections.nCopies(operation.messages(), ServiceBusMessage.of("b"));
				client.sender(TwinOperation.QUEUE).send(messages);
				client.sender(TwinOperation.TOPIC).send(messages);
				client.sender(TwinOperation.SESSIONS)
					.send(messages.stream().map((message) -> message.mutate().sessionId("s").build()).toList());
			}
		}
		return emulator;
	}

	private static ServiceBusClient client(ServiceBusEmulator emulator) {
		return ServiceBusClient.builder().connectionString(emulator.connectionString()).build();
	}

	private static Facts factsOf(FrameRecording recording) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(15))
			.until(recording::frames, (frames) -> frames.stream().anyMatch((frame) -> frame.isFromClient("close")));
		List<Frame> frames = recording.frames();
		return FrameReading.of(frames);
	}

}
