package dev.servicebus.client.amqp;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;

import dev.servicebus.amqp.transport.netty.NettyNetwork;
import org.jspecify.annotations.Nullable;

/**
 * A network and threads for tokens that a client has for itself.
 */
record OwnedResources(NettyNetwork network, Executor executor,
		ExecutorService tokenExecutor) implements ClientResources {

	private static final int TOKEN_THREADS = 4;

	/**
	 * Makes the resources of one client.
	 * @param executor completes futures; stays open
	 * @param sslContext trust and identity for TLS, {@code null} for the JDK's default
	 */
	static OwnedResources create(Executor executor, @Nullable SSLContext sslContext) {
		ThreadPoolExecutor tokens = new ThreadPoolExecutor(TOKEN_THREADS, TOKEN_THREADS, 10, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), OwnedResources::tokenThread);
		tokens.allowCoreThreadTimeOut(true);
		NettyNetwork.Builder network = NettyNetwork.builder();
		if (sslContext != null) {
			network.sslContext(sslContext);
		}
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
