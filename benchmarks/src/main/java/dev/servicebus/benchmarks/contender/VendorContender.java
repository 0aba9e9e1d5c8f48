package dev.servicebus.benchmarks.contender;

import java.util.List;
import java.util.function.Consumer;

import com.azure.core.util.BinaryData;
import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusProcessorClient;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusSenderAsyncClient;

/**
 * Microsoft's client.
 */
final class VendorContender implements Contender {

	private final Closing opened = new Closing();

	private final ServiceBusClientBuilder builder;

	/**
	 * Makes a client.
	 */
	VendorContender(Endpoint endpoint) {
		this.builder = new ServiceBusClientBuilder().connectionString(endpoint.connectionString());
	}

	@Override
	public Sender sender(String queue) {
		ServiceBusSenderAsyncClient sender = this.builder.sender().queueName(queue).buildAsyncClient();
		this.opened.add(sender::close);
		return new VendorSender(sender);
	}

	@Override
	public Stop listen(Listening listening, Handler handler) {
		return start(listening, (message) -> handle(message, handler), handler);
	}

	private static void handle(ServiceBusReceivedMessage message, Handler handler) {
		handler.onMessage(message.getMessageId(), message.getBody().toBytes());
	}

	/**
	 * The asynchronous receiver closes its link when messages come faster than they are
	 * settled, so that this is the processor with one handler.
	 */
	@Override
	public Stop receive(Receiving receiving, Handler handler) {
		VendorReading reading = new VendorReading(receiving.reading(), handler);
		return start(new Listening(receiving.queue(), 1, receiving.prefetch()), reading::onMessage, handler);
	}

	private Stop start(Listening listening, Consumer<ServiceBusReceivedMessage> task, Handler handler) {
		ServiceBusProcessorClient processor = this.builder.processor()
			.queueName(listening.queue())
			.prefetchCount(listening.prefetch())
			.maxConcurrentCalls(listening.concurrency())
			.processMessage((context) -> task.accept(context.getMessage()))
			.processError((context) -> handler.failed(context.getException()))
			.buildProcessorClient();
		this.opened.add(processor::close);
		processor.start();
		return processor::close;
	}

	private static ServiceBusMessage message(Sample sample) {
		ServiceBusMessage message = new ServiceBusMessage(BinaryData.fromBytes(sample.content()))
			.setMessageId(sample.messageId())
			.setSubject(Sample.SUBJECT)
			.setCorrelationId(Sample.CORRELATION_ID)
			.setContentType(Sample.CONTENT_TYPE);
		message.getApplicationProperties().putAll(sample.applicationProperties());
		return message;
	}

	@Override
	public void close() {
		this.opened.closeAll();
	}

	/**
	 * Sends singly and in batches.
	 *
	 * @param sender does it
	 */
	private record VendorSender(ServiceBusSenderAsyncClient sender) implements Sender {

		@Override
		public void send(Sample message, End end) {
			this.sender.sendMessage(message(message)).subscribe((nothing) -> {
			}, end::failed, end::succeeded);
		}

		@Override
		public void sendBatch(List<Sample> messages) {
			this.sender.sendMessages(messages.stream().map(VendorContender::message).toList()).block();
		}

	}

}
