package dev.servicebus.client.amqp;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.transport.netty.NettyNetwork;

/**
 * A network and threads for tokens that a client has for itself.
 */
record OwnedResources(NettyNetwork network, Executor executor,
		ExecutorService tokenExecutor) implements ClientResources {

	private static final int TOKEN_THREADS = 4;

	/**
	 * Makes the resources of one client.
	 * @param executor completes futures; stays open
	 * @param tls how TLS shall be
	 */
	static OwnedResources create(Executor executor, TlsSettings tls) {
		ThreadPoolExecutor tokens = new ThreadPoolExecutor(TOKEN_THREADS, TOKEN_THREADS, 10, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), OwnedResources::tokenThread);
		tokens.allowCoreThreadTimeOut(true);
		NettyNetwork.Builder network = NettyNetwork.builder();
		tls.apply(network);
		return new OwnedResources(network.build(), executor, tokens);
	}

	private static Thread tokenThread(Runnable task) {
		Thread thread = new Thread(task, "servicebus-token");
		thread.setDaemon(true);
		return thread;
	}

	@Override
	public boolean isOwned() {
		return true;
	}

	@Override
	public void close() {
		this.tokenExecutor.shutdownNow();
		this.network.close();
	}

}
