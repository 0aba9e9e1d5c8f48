package dev.servicebus.template;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.util.PatternMatchUtils;

import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Leaves everything to the templates of several namespaces, by destinations. Thread-safe.
 *
 * <p>
 * A transaction is one of one namespace, so what is passed to the work of
 * {@link #executeInTransaction} is the template for destinations without a route.
 */
public final class RoutingServiceBusTemplate implements ServiceBusOperations {

	private final List<Route> routes;

	private final ServiceBusOperations otherwise;

	private final PayloadDestinations destinations;

	/**
	 * Makes a template. It does not close the others.
	 * @param routes the first that matches counts
	 * @param otherwise takes what no route matches, and what has no destination at all
	 * @param destinations where payloads go when a call names no destination
	 */
	public RoutingServiceBusTemplate(List<Route> routes, ServiceBusOperations otherwise,
			PayloadDestinations destinations) {
		this.routes = List.copyOf(routes);
		this.otherwise = Objects.requireNonNull(otherwise, "otherwise");
		this.destinations = Objects.requireNonNull(destinations, "destinations");
	}

	@Override
	public SentMessage send(Object payload) {
		return message().body(payload).send();
	}

	@Override
	public SentMessage send(String destination, Object payload, Map<String, ? extends @Nullable Object> headers) {
		return route(destination).send(destination, payload, headers);
	}

	@Override
	public CompletableFuture<SentMessage> sendAsync(Object payload) {
		return message().body(payload).sendAsync();
	}

	@Override
	public CompletableFuture<SentMessage> sendAsync(String destination, Object payload) {
		return route(destination).sendAsync(destination, payload);
	}

	@Override
	public SendAllResult sendAll(String destination, Collection<?> payloads) {
		return route(destination).sendAll(destination, payloads);
	}

	@Override
	public CompletableFuture<SendAllResult> sendAllAsync(String destination, Collection<?> payloads) {
		return route(destination).sendAllAsync(destination, payloads);
	}

	@Override
	public <T> T executeInTransaction(Function<ServiceBusOperations, T> work) {
		return this.otherwise.executeInTransaction(work);
	}

	@Override
	public OutgoingMessage message() {
		return new RoutedMessage((payload) -> {
			String destination = Sending.destinationByType(this.destinations, payload);
			return (destination != null) ? to(destination) : this.otherwise.message();
		});
	}

	@Override
	public OutgoingMessage to(String destination) {
		return route(destination).to(destination);
	}

	@Override
	public ScheduledMessage schedule(String destination, Object payload, OffsetDateTime enqueueTime) {
		return route(destination).schedule(destination, payload, enqueueTime);
	}

	@Override
	public void cancel(ScheduledMessage message) {
		route(message.destination()).cancel(message);
	}

	@Override
	public ScheduledMessage move(ScheduledMessage message, OffsetDateTime enqueueTime) {
		return route(message.destination()).move(message, enqueueTime);
	}

	@Override
	public Stream<ServiceBusReceivedMessage> peekScheduled(String queue) {
		return route(queue).peekScheduled(queue);
	}

	@Override
	public <T> @Nullable T receive(String destination, Class<T> type, Duration timeout) {
		return route(destination).receive(destination, type, timeout);
	}

	@Override
	public <T, R> @Nullable R receive(String destination, Class<T> type, Duration timeout, Function<T, R> handler) {
		return route(destination).receive(destination, type, timeout, handler);
	}

	@Override
	public <T> boolean receiveAndReply(String destination, Class<T> type, Duration timeout,
			Function<T, @Nullable Object> handler) {
		return route(destination).receiveAndReply(destination, type, timeout, handler);
	}

	@Override
	public <T> List<T> receiveMany(String destination, Class<T> type, int maxMessages, Duration timeout) {
		return route(destination).receiveMany(destination, type, maxMessages, timeout);
	}

	@Override
	public List<ServiceBusReceivedMessage> receiveMessages(String destination, int maxMessages, Duration timeout) {
		return route(destination).receiveMessages(destination, maxMessages, timeout);
	}

	@Override
	public <T> List<T> receiveDeferred(String destination, Class<T> type, List<Long> sequenceNumbers) {
		return route(destination).receiveDeferred(destination, type, sequenceNumbers);
	}

	@Override
	public List<ServiceBusReceivedMessage> peek(String destination, int maxMessages, long fromSequenceNumber) {
		return route(destination).peek(destination, maxMessages, fromSequenceNumber);
	}

	@Override
	public <T> T request(String destination, Object payload, Class<T> replyType) {
		return route(destination).request(destination, payload, replyType);
	}

	@Override
	public <T> CompletableFuture<T> requestAsync(String destination, Object payload, Class<T> replyType) {
		return route(destination).requestAsync(destination, payload, replyType);
	}

	@Override
	public <T> @Nullable T getSessionState(String destination, String sessionId, Class<T> type) {
		return route(destination).getSessionState(destination, sessionId, type);
	}

	@Override
	public void setSessionState(String destination, String sessionId, @Nullable Object state) {
		route(destination).setSessionState(destination, sessionId, state);
	}

	private ServiceBusOperations route(String destination) {
		String entity = ReceiverAddress.parse(destination).entity();
		for (Route route : this.routes) {
			if (route.matches(entity)) {
				return route.template();
			}
		}
		return this.otherwise;
	}

	/**
	 * Which destinations are of which namespace. Immutable.
	 *
	 * @param pattern the name of a queue or topic, in which {@code *} stands for any
	 * text; upper and lower case are the same
	 * @param template the template of the namespace
	 */
	public record Route(String pattern, ServiceBusOperations template) {

		public Route {
			Objects.requireNonNull(template, "template");
			if (pattern.isBlank()) {
				throw new IllegalArgumentException("the pattern of a route must not be blank");
			}
		}

		boolean matches(String entity) {
			return PatternMatchUtils.simpleMatch(this.pattern.toLowerCase(Locale.ROOT),
					entity.toLowerCase(Locale.ROOT));
		}

	}

}
