package dev.servicebus.benchmarks.contender;

import java.util.Map;

import jakarta.jms.BytesMessage;
import jakarta.jms.CompletionListener;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import org.apache.qpid.jms.JmsConnectionFactory;

/**
 * Qpid JMS. A session has one thread, so a listener has as many sessions as handlers, and
 * they share its prefetch. It makes message ids of its own; ours travel as correlation
 * ids.
 */
final class JmsContender implements Contender {

	/** The mode of Qpid JMS in which each message is settled on its own. */
	private static final int INDIVIDUAL_ACKNOWLEDGE = 101;

	private final Closing opened = new Closing();

	private final Endpoint endpoint;

	private final Connection connection;

	JmsContender(Endpoint endpoint) {
		this.endpoint = endpoint;
		this.connection = connect(0);
	}

	private Connection connect(int prefetch) {
		try {
			JmsConnectionFactory factory = new JmsConnectionFactory(this.endpoint.keyName(), this.endpoint.key(),
					"amqp://" + Endpoint.HOST + ":" + this.endpoint.port() + "?jms.prefetchPolicy.all=" + prefetch);
			Connection connected = factory.createConnection();
			connected.start();
			this.opened.add(() -> close(connected));
			return connected;
		}
		catch (JMSException ex) {
			throw new ContenderFailedException(ex);
		}
	}

	@Override
	public Sender sender(String queue) {
		try {
			Session session = this.connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
			MessageProducer producer = session.createProducer(session.createQueue(queue));
			return (sample, end) -> {
				try {
					producer.send(message(session, sample), new Completion(end));
				}
				catch (JMSException ex) {
					end.failed(ex);
				}
			};
		}
		catch (JMSException ex) {
			throw new ContenderFailedException(ex);
		}
	}

	@Override
	public Stop listen(Listening listening, Handler handler) {
		int share = Math.max(1, listening.prefetch() / listening.concurrency());
		Connection receiving = connect(share);
		try {
			for (int i = 0; i < listening.concurrency(); i++) {
				Session session = receiving.createSession(false, INDIVIDUAL_ACKNOWLEDGE);
				Queue queue = session.createQueue(listening.queue());
				session.createConsumer(queue).setMessageListener((message) -> handle(message, handler));
			}
		}
		catch (JMSException ex) {
			throw new ContenderFailedException(ex);
		}
		return () -> close(receiving);
	}

	/**
	 * One thread asks for one message after another.
	 */
	@Override
	public Stop receive(Receiving receiving, Handler handler) {
		Connection receiver = connect(receiving.prefetch());
		Thread thread = new Thread(() -> receiveAll(receiver, receiving.queue(), handler), "jms-receiver");
		thread.start();
		return () -> close(receiver);
	}

	private static void receiveAll(Connection connection, String queue, Handler handler) {
		try {
			Session session = connection.createSession(false, INDIVIDUAL_ACKNOWLEDGE);
			MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
			for (Message next = consumer.receive(); next != null; next = consumer.receive()) {
				handle(next, handler);
			}
		}
		catch (JMSException ex) {
			handler.failed(ex);
		}
	}

	private static void handle(Message message, Handler handler) {
		try {
			handler.onMessage(message.getJMSCorrelationID(), message.getBody(byte[].class));
			message.acknowledge();
		}
		catch (JMSException ex) {
			handler.failed(ex);
		}
	}

	private static Message message(Session session, Sample sample) throws JMSException {
		BytesMessage message = session.createBytesMessage();
		message.writeBytes(sample.content());
		message.setJMSType(Sample.SUBJECT);
		message.setJMSCorrelationID(sample.messageId());
		for (Map.Entry<String, Object> property : sample.applicationProperties().entrySet()) {
			message.setObjectProperty(property.getKey(), property.getValue());
		}
		return message;
	}

	private static void close(Connection connection) {
		try {
			connection.close();
		}
		catch (JMSException ex) {
			throw new ContenderFailedException(ex);
		}
	}

	@Override
	public void close() {
		this.opened.closeAll();
	}

	/**
	 * Passes on how a send has ended.
	 *
	 * @param end who is told
	 */
	private record Completion(End end) implements CompletionListener {

		@Override
		public void onCompletion(Message message) {
			this.end.succeeded();
		}

		@Override
		public void onException(Message message, Exception exception) {
			this.end.failed(exception);
		}

	}

}
