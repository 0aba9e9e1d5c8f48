package dev.servicebus.benchmarks.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;

import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/**
 * Artemis in this process, as lean as it gets: one acceptor for AMQP, no journal, no
 * security, no management beans.
 */
final class EmbeddedArtemis implements Broker {

	private final int port = freePort();

	private final EmbeddedActiveMQ artemis = new EmbeddedActiveMQ();

	EmbeddedArtemis() {
		try {
			this.artemis.setConfiguration(configuration());
			this.artemis.start();
		}
		catch (Exception ex) {
			throw new BrokerFailedException("Artemis cannot be started", ex);
		}
	}

	private Configuration configuration() throws Exception {
		return new ConfigurationImpl().setPersistenceEnabled(false)
			.setSecurityEnabled(false)
			.setJMXManagementEnabled(false)
			.addAcceptorConfiguration("amqp", "tcp://localhost:" + this.port + "?protocols=AMQP");
	}

	@Override
	public int port() {
		return this.port;
	}

	@Override
	public void createQueue(String queue) {
		try {
			this.artemis.getActiveMQServer()
				.createQueue(QueueConfiguration.of(queue).setRoutingType(RoutingType.ANYCAST).setDurable(false));
		}
		catch (Exception ex) {
			throw new BrokerFailedException("Artemis cannot create " + queue, ex);
		}
	}

	@Override
	public void deleteQueue(String queue) {
		try {
			this.artemis.getActiveMQServer().destroyQueue(SimpleString.of(queue));
		}
		catch (Exception ex) {
			throw new BrokerFailedException("Artemis cannot delete " + queue, ex);
		}
	}

	@Override
	public int messages(String queue) {
		Queue found = this.artemis.getActiveMQServer().locateQueue(queue);
		if (found == null) {
			throw new BrokerFailedException("Artemis has no queue " + queue);
		}
		return Math.toIntExact(found.getMessageCount());
	}

	@Override
	public void close() {
		try {
			this.artemis.stop();
		}
		catch (Exception ex) {
			throw new BrokerFailedException("Artemis cannot be stopped", ex);
		}
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
