package dev.servicebus.amqp.transport.netty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.transport.BindFailedException;
import dev.servicebus.amqp.transport.Network;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import org.jspecify.annotations.Nullable;

/**
 * Binds one port on all addresses of a host, or on none.
 */
final class PortBinder {

	private static final int ATTEMPTS = 10;

	private static final long LIMIT_SECONDS = 10;

	private final ServerBootstrap bootstrap;

	private final String host;

	PortBinder(ServerBootstrap bootstrap, String host) {
		this.bootstrap = bootstrap;
		this.host = host;
	}

	/**
	 * Binds a port, 0 for one that is free on every address.
	 */
	Network.Binding bind(int port) {
		List<InetAddress> addresses;
		try {
			addresses = LocalAddresses.of(this.host);
		}
		catch (IOException ex) {
			throw new BindFailedException(this.host, port, ex);
		}
		@Nullable BindFailedException failure = null;
		// A free port of the first address may be taken on the second: draw another.
		for (int attempt = 0; attempt < ((port == 0) ? ATTEMPTS : 1); attempt++) {
			try {
				return bindAll(addresses, port);
			}
			catch (BindFailedException ex) {
				failure = ex;
			}
		}
		throw (failure != null) ? failure : new IllegalStateException("No attempt was made");
	}

	private Network.Binding bindAll(List<InetAddress> addresses, int port) {
		List<Channel> bound = new ArrayList<>();
		int commonPort = port;
		for (InetAddress address : addresses) {
			ChannelFuture binding = this.bootstrap.bind(new InetSocketAddress(address, commonPort));
			boolean done = binding.awaitUninterruptibly(LIMIT_SECONDS, TimeUnit.SECONDS);
			if (!binding.isSuccess()) {
				bound.forEach(PortBinder::closeAndWait);
				Throwable cause = done ? binding.cause() : new IOException("no answer in " + LIMIT_SECONDS + " s");
				throw new BindFailedException(this.host, commonPort, cause);
			}
			bound.add(binding.channel());
			commonPort = ((InetSocketAddress) binding.channel().localAddress()).getPort();
		}
		return new BoundPort(commonPort, bound);
	}

	private static void closeAndWait(Channel channel) {
		ChannelFuture closing = channel.close();
		if (channel.eventLoop().inEventLoop()) {
			return;
		}
		closing.awaitUninterruptibly(LIMIT_SECONDS, TimeUnit.SECONDS);
		if (!channel.eventLoop().isShuttingDown()) {
			// NIO gives the port back when the poller has looked at its sockets once
			// more.
			channel.eventLoop().schedule(() -> {
			}, 1, TimeUnit.MILLISECONDS).awaitUninterruptibly(LIMIT_SECONDS, TimeUnit.SECONDS);
		}
	}

	/**
	 * A port and the sockets that listen on it.
	 */
	private record BoundPort(int port, List<Channel> channels) implements Network.Binding {

		@Override
		public void close() {
			this.channels.forEach(PortBinder::closeAndWait);
		}

	}

}
