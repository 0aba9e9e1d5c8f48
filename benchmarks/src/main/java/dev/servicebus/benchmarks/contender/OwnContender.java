package dev.servicebus.benchmarks.contender;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.IntFunction;

import dev.servicebus.client.MessageSource;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.amqp.ServiceBusClient;
import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.ListenerFailure;
import dev.servicebus.listener.ListenerMonitor;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.listener.Outcome;
import dev.servicebus.listener.container.ContainerServices;
import dev.servicebus.listener.container.ListenerDefinition;
import dev.servicebus.listener.container.ListenerThreads;
import dev.servicebus.listener.container.ServiceBusListenerContainer;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * The client and the listener container of this project, without an application context.
 */
final class OwnContender implements Contender {

	private final Closing opened = new Closing();

	private final ServiceBusClient client;

	private final IntFunction<ListenerThreads> threads;

	private OwnContender(Endpoint endpoint, Function<Closing, IntFunction<ListenerThreads>> threads) {
		this.client = ServiceBusClient.builder().connectionString(endpoint.connectionString()).build();
		this.threads = threads.apply(this.opened);
	}

	/**
	 * Has the threads that containers have when nobody says otherwise, shared by all.
	 */
	static OwnContender standard(Endpoint endpoint) {
		return new OwnContender(endpoint, (closing) -> {
			ListenerThreads shared = ListenerThreads.platform();
			closing.add(shared::close);
			return (concurrency) -> shared;
		});
	}

	/**
	 * Handles messages on a pool with one thread for each handler of a listener.
	 */
	static OwnContender pooled(Endpoint endpoint) {
		return new OwnContender(endpoint, (closing) -> (concurrency) -> {
			ListenerThreads own = ListenerThreads.of(HandlerThreads.POOL.start(concurrency, closing));
			closing.add(own::close);
			return own;
		});
	}

	@Override
	public Sender sender(String queue) {
		return new OwnSender(this.client.sender(queue));
	}

	@Override
	public Stop listen(Listening listening, Handler handler) {
		ListenerOptions options = ListenerOptions.builder()
			.concurrency(listening.concurrency())
			.prefetch(listening.prefetch())
			.build();
		ListenerDefinition definition = new ListenerDefinition("benchmark", ListenerTarget.queue(listening.queue()),
				(message, context) -> handle(message, handler), ErrorHandler.PROPOSED, options);
		ListenerThreads listenerThreads = this.threads.apply(listening.concurrency());
		ServiceBusListenerContainer container = new ServiceBusListenerContainer(definition,
				new ContainerServices(this.client, listenerThreads.executor(), listenerThreads.scheduler(),
						ThreadLocalRandom.current(), new FailureReport(handler)));
		this.opened.add(container::stop);
		container.start();
		return container::stop;
	}

	private static void handle(ServiceBusReceivedMessage message, Handler handler) {
		String messageId = message.messageId();
		if (messageId == null) {
			throw new IllegalStateException("A message has no id");
		}
		handler.onMessage(messageId, message.bodyAsBytes());
	}

	@Override
	public Stop receive(Receiving receiving, Handler handler) {
		ReceiverOptions options = ReceiverOptions.queue(receiving.queue()).withPrefetch(receiving.prefetch());
		OwnReceiver receiver = new OwnReceiver(receiving.reading(), handler);
		MessageSource source = this.client.open(options, receiver);
		receiver.settleOn(source);
		source.demand(1);
		return source::close;
	}

	@Override
	public void close() {
		this.opened.closeAll();
		this.client.close();
	}

	/**
	 * Passes on whatever goes wrong.
	 */
	private record FailureReport(Handler handler) implements ListenerMonitor {

		@Override
		public void receiveFailed(String listenerId, ServiceBusException failure) {
			this.handler.failed(failure);
		}

		@Override
		public void handlingFailed(ListenerFailure failure, Outcome outcome) {
			this.handler.failed(failure.error());
		}

		@Override
		public void lockLost(String listenerId, ServiceBusReceivedMessage message, ServiceBusException failure) {
			this.handler.failed(failure);
		}

	}

}
