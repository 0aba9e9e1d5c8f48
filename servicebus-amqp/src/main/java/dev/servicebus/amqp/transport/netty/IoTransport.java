package dev.servicebus.amqp.transport.netty;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * The kind of sockets: the operating system's own poller or the JDK's.
 *
 * @param handler what the loops poll with
 * @param socket the class of connected sockets
 * @param serverSocket the class of listening sockets
 */
record IoTransport(IoHandlerFactory handler, Class<? extends SocketChannel> socket,
		Class<? extends ServerSocketChannel> serverSocket) {

	/**
	 * Epoll where its native half is on the class path and loads, otherwise NIO.
	 */
	static IoTransport best() {
		return Epoll.isAvailable() ? epoll() : nio();
	}

	static IoTransport epoll() {
		return new IoTransport(EpollIoHandler.newFactory(), EpollSocketChannel.class, EpollServerSocketChannel.class);
	}

	static IoTransport nio() {
		return new IoTransport(NioIoHandler.newFactory(), NioSocketChannel.class, NioServerSocketChannel.class);
	}

}
