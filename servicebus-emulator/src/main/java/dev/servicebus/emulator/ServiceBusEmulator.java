package dev.servicebus.emulator;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;

import dev.servicebus.emulator.auth.AuthorizationRule;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.entity.Queue;
import dev.servicebus.emulator.entity.Topic;
import dev.servicebus.emulator.rule.RuleDefinition;
import org.jspecify.annotations.Nullable;

/**
 * An Azure Service Bus namespace inside this process. Clients connect to it over AMQP
 * with {@link #connectionString()}, as they would to the service.
 *
 * <pre>{@code
 * try (ServiceBusEmulator emulator = ServiceBusEmulator.builder().queue("orders").build().start()) {
 *     application.connect(emulator.connectionString());
 *     emulator.clock().advance(Duration.ofMinutes(5));
 *     assertThat(emulator.queue("orders").deadLetters()).isEmpty();
 * }
 * }</pre>
 *
 * <p>
 * Thread-safe. Methods wait for the emulator's only thread; what they return is a copy.
 * An operation that the emulator refuses, for example on a queue that does not exist,
 * throws a {@link dev.servicebus.emulator.store.BrokerException}.
 */
public final class ServiceBusEmulator implements AutoCloseable {

	private final EmulatorOptions options;

	private @Nullable RunningEmulator running;

	private boolean closed;

	ServiceBusEmulator(EmulatorOptions options) {
		this.options = options;
	}

	/**
	 * A builder with the defaults: no entities, a free port on the loopback addresses,
	 * the public rule and key of emulators, real sockets and real time.
	 */
	public static ServiceBusEmulatorBuilder builder() {
		return new ServiceBusEmulatorBuilder();
	}

	/**
	 * Creates the entities and begins to listen. Clients can connect when this returns.
	 * @return this
	 * @throws dev.servicebus.amqp.transport.BindFailedException if the port cannot be
	 * bound
	 * @throws IllegalStateException if it was started before
	 */
	public synchronized ServiceBusEmulator start() {
		if (this.running != null || this.closed) {
			throw new IllegalStateException("The emulator was started before; build another one.");
		}
		this.running = RunningEmulator.start(this.options);
		return this;
	}

	/**
	 * What a client needs to connect with all rights, unless the builder's first rule has
	 * fewer.
	 */
	public String connectionString() {
		return connectionString(this.options.defaultRule());
	}

	/**
	 * What a client needs to connect with the key of {@code rule}.
	 */
	public String connectionString(AuthorizationRule rule) {
		return "Endpoint=sb://" + this.options.endpoint().clientHost() + ":" + port() + ";SharedAccessKeyName="
				+ rule.name() + ";SharedAccessKey=" + rule.primaryKey() + ";UseDevelopmentEmulator=true";
	}

	/**
	 * The port that clients connect to, whatever they speak: AMQP, AMQP over WebSocket
	 * and HTTP are told apart by the first bytes of a connection, each with and without
	 * TLS.
	 */
	public int port() {
		return running().ports().port();
	}

	/**
	 * The port of {@link ServiceBusEmulatorBuilder#httpPort(int)}, or else
	 * {@link #port()}.
	 */
	public int httpPort() {
		return running().ports().httpPort();
	}

	/**
	 * The certificate that clients with TLS are shown, in the text form that most tools
	 * read (PEM). Unless the builder was given one it is made for this emulator, so
	 * clients have to be told to trust it.
	 */
	public String certificatePem() {
		return this.options.endpoint().tls().certificatePem();
	}

	/**
	 * For clients in this process: trusts the emulator's certificate and nothing else.
	 */
	public SSLContext clientSslContext() {
		return this.options.endpoint().tls().clientContext();
	}

	/**
	 * The emulator's time.
	 */
	public EmulatorClock clock() {
		return new EmulatorClock(running());
	}

	/**
	 * What can be made to go wrong.
	 */
	public Faults faults() {
		return new Faults(running());
	}

	/**
	 * What clients and the emulator say to each other.
	 */
	public Frames frames() {
		return new Frames(running());
	}

	/**
	 * A view of a queue. It does not have to exist yet.
	 */
	public QueueView queue(String path) {
		Objects.requireNonNull(path, "path");
		return new QueueView(running(), path);
	}

	/**
	 * The paths of all queues, in alphabetical order.
	 */
	public List<String> queues() {
		return call(() -> running().namespace().queues().stream().map(Queue::path).toList());
	}

	/**
	 * Creates a queue with the emulator's default options.
	 */
	public QueueView createQueue(String path) {
		return createQueue(path, this.options.namespace().defaultOptions());
	}

	/**
	 * Creates a queue.
	 */
	public QueueView createQueue(String path, EntityOptions queueOptions) {
		call(() -> running().namespace().createQueue(path, queueOptions));
		return queue(path);
	}

	/**
	 * Deletes a queue with its messages. Its clients are told that it does not exist.
	 */
	public void deleteQueue(String path) {
		run(() -> running().namespace().deleteQueue(path));
	}

	/**
	 * A view of a topic. It does not have to exist yet.
	 */
	public TopicView topic(String path) {
		Objects.requireNonNull(path, "path");
		return new TopicView(running(), path);
	}

	/**
	 * The paths of all topics, in alphabetical order.
	 */
	public List<String> topics() {
		return call(() -> running().namespace().topics().stream().map(Topic::path).toList());
	}

	/**
	 * Creates a topic with the emulator's default options.
	 */
	public TopicView createTopic(String path) {
		return createTopic(path, this.options.namespace().defaultOptions());
	}

	/**
	 * Creates a topic.
	 */
	public TopicView createTopic(String path, EntityOptions topicOptions) {
		call(() -> running().namespace().createTopic(path, topicOptions));
		return topic(path);
	}

	/**
	 * Deletes a topic with its subscriptions and their messages. Clients are told that it
	 * does not exist.
	 */
	public void deleteTopic(String path) {
		run(() -> running().namespace().deleteTopic(path));
	}

	/**
	 * A view of a subscription. It does not have to exist yet.
	 */
	public SubscriptionView subscription(String topic, String name) {
		Objects.requireNonNull(topic, "topic");
		Objects.requireNonNull(name, "name");
		return new SubscriptionView(running(), topic, name);
	}

	/**
	 * Creates a subscription with the emulator's default options.
	 * @param topic the path of the topic, which exists
	 * @param name its name
	 * @param rules which messages it takes; all if there are none
	 */
	public SubscriptionView createSubscription(String topic, String name, RuleDefinition... rules) {
		return createSubscription(topic, name, this.options.namespace().defaultOptions(), rules);
	}

	/**
	 * Creates a subscription.
	 * @param topic the path of the topic, which exists
	 * @param name its name
	 * @param subscriptionOptions how it behaves
	 * @param rules which messages it takes; all if there are none
	 */
	public SubscriptionView createSubscription(String topic, String name, EntityOptions subscriptionOptions,
			RuleDefinition... rules) {
		call(() -> running().namespace().topic(topic).createSubscription(name, subscriptionOptions, List.of(rules)));
		return subscription(topic, name);
	}

	/**
	 * Deletes a subscription with its messages. Its clients are told that it does not
	 * exist.
	 */
	public void deleteSubscription(String topic, String name) {
		run(() -> running().namespace().topic(topic).deleteSubscription(name));
	}

	/**
	 * Removes all messages of all entities. Whoever holds a lock will find it lost.
	 */
	public void purge() {
		run(() -> {
			running().namespace().queues().forEach(Queue::purge);
			running().namespace().topics().forEach(Topic::purge);
		});
	}

	/**
	 * Makes the entities what they were after {@link #start()}: without messages, session
	 * states and memory of earlier messages, with the options and rules of the builder;
	 * entities that came later are gone, those that were deleted are back. Clients stay
	 * connected, and time is not moved back.
	 */
	public void reset() {
		run(() -> running().reset());
	}

	/**
	 * Ends all connections and stops listening. Takes a few seconds at most. Harmless
	 * when repeated.
	 */
	@Override
	public void close() {
		RunningEmulator toStop;
		synchronized (this) {
			toStop = this.running;
			this.running = null;
			this.closed = true;
		}
		if (toStop != null) {
			toStop.stop();
		}
	}

	private <T> T call(Supplier<T> work) {
		return running().call(work);
	}

	private void run(Runnable work) {
		running().run(work);
	}

	private synchronized RunningEmulator running() {
		if (this.running == null) {
			throw new IllegalStateException(
					this.closed ? "The emulator has been closed." : "The emulator has not been started.");
		}
		return this.running;
	}

}
