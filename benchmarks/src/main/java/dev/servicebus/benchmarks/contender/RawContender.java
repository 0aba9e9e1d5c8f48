package dev.servicebus.benchmarks.contender;

import dev.servicebus.client.MessageSource;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.amqp.ServiceBusClient;
import dev.servicebus.listener.ListenerOptions;

/**
 * What a program would write by hand on this project's client to do what a listener
 * container does as long as nothing goes wrong: messages are handled, on the I/O loop or
 * on a pool of threads, and completed without waiting. Locks are renewed as in a
 * container.
 */
final class RawContender implements Contender {

	private final Closing opened = new Closing();

	private final ServiceBusClient client;

	private final HandlerThreads workers;

	private RawContender(Endpoint endpoint, HandlerThreads workers) {
		this.client = ServiceBusClient.builder().connectionString(endpoint.connectionString()).build();
		this.workers = workers;
	}

	/**
	 * Handles messages where they arrive.
	 */
	static RawContender inline(Endpoint endpoint) {
		return new RawContender(endpoint, HandlerThreads.LOOP);
	}

	/**
	 * Handles messages on a pool with one thread for each handler.
	 */
	static RawContender pooled(Endpoint endpoint) {
		return new RawContender(endpoint, HandlerThreads.POOL);
	}

	@Override
	public Sender sender(String queue) {
		return new OwnSender(this.client.sender(queue));
	}

	@Override
	public Stop listen(Listening listening, Handler handler) {
		ReceiverOptions options = ReceiverOptions.queue(listening.queue())
			.withPrefetch(listening.prefetch())
			.withMaxLockRenewal(ListenerOptions.DEFAULT_MAX_LOCK_RENEWAL);
		RawListener listener = new RawListener(this.workers.start(listening.concurrency(), this.opened), handler);
		MessageSource source = this.client.open(options, listener);
		listener.settleOn(source);
		source.demand(listening.concurrency());
		return source::close;
	}

	@Override
	public void close() {
		this.opened.closeAll();
		this.client.close();
	}

}
