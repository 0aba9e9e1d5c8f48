package dev.servicebus.client.reliability;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.MessageSource;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.amqp.SimulatedService;
import dev.servicebus.emulator.Faults;
import dev.servicebus.emulator.ServiceBusEmulatorBuilder;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * A simulated service with a queue {@code orders}, and short words for what the tests of
 * this package do with it.
 */
final class FaultBench implements AutoCloseable {

	/** An operation of the bench's client ends within this time. */
	static final Duration OPERATION_TIMEOUT = Duration.ofSeconds(30);

	/** What may be lost on the way to a result. */
	static final Duration TOLERANCE = Duration.ofMillis(250);

	final SimulatedService service;

	private final List<SourceRecorder> sources = new ArrayList<>();

	FaultBench(long seed) {
		this(SimulatedService.withQueue(seed, "orders"));
	}

	FaultBench(long seed, ServiceBusEmulatorBuilder emulator) {
		this(SimulatedService.of(seed, emulator));
	}

	private FaultBench(SimulatedService service) {
		this.service = service;
	}

	/**
	 * A service to which a question takes longer than the end of a wait may be late.
	 */
	static FaultBench farAway(long seed, ServiceBusEmulatorBuilder emulator) {
		return new FaultBench(SimulatedService.of(seed, emulator, Duration.ofMillis(150)));
	}

	Faults faults() {
		return this.service.emulator.faults();
	}

	void send(String... bodies) {
		this.service.send("orders", bodies);
	}

	CompletableFuture<Void> startSend(String body) {
		return this.service.client.sender("orders").sendAsync(ServiceBusMessage.of(body));
	}

	ServiceBusReceiver receiver() {
		return this.service.client.receiver(ReceiverOptions.queue("orders"));
	}

	List<ServiceBusReceivedMessage> receive(ServiceBusReceiver receiver, int max) {
		return this.service.await(receiver.receiveAsync(max, Duration.ofSeconds(5)));
	}

	void complete(ServiceBusReceiver receiver, ServiceBusReceivedMessage message) {
		this.service.await(receiver.settleAsync(message, new Disposition.Complete()));
	}

	/**
	 * How long something takes, in virtual time.
	 */
	Duration timed(Runnable work) {
		Duration before = this.service.network.time().elapsed();
		work.run();
		return this.service.network.time().elapsed().minus(before);
	}

	/**
	 * Opens a source that is asked for so many messages.
	 */
	SourceRecorder listen(int demand) {
		return listen(ReceiverOptions.queue("orders"), demand);
	}

	SourceRecorder listen(ReceiverOptions options, int demand) {
		SourceRecorder recorder = new SourceRecorder();
		recorder.source = this.service.client.open(options, recorder);
		recorder.source.demand(demand);
		this.sources.add(recorder);
		this.service.run();
		return recorder;
	}

	int stored() {
		return this.service.emulator.queue("orders").messages().size();
	}

	@Override
	public void close() {
		this.service.close();
	}

	/**
	 * What a source has told.
	 */
	static final class SourceRecorder implements MessageSource.Listener {

		final List<ServiceBusReceivedMessage> messages = new ArrayList<>();

		final List<ServiceBusReceivedMessage> lost = new ArrayList<>();

		final List<ServiceBusException> failures = new ArrayList<>();

		int readies;

		MessageSource source;

		@Override
		public void onMessage(ServiceBusReceivedMessage message) {
			this.messages.add(message);
		}

		@Override
		public void onLockLost(ServiceBusReceivedMessage message, ServiceBusException failure) {
			this.lost.add(message);
		}

		@Override
		public void onFailure(ServiceBusException failure) {
			this.failures.add(failure);
		}

		@Override
		public void onReady() {
			this.readies++;
		}

	}

}
