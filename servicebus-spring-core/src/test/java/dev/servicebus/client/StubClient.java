package dev.servicebus.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A client that can do nothing: doubles have what their tests need.
 */
public abstract class StubClient implements MessagingClient {

	@Override
	public String fullyQualifiedNamespace() {
		return "stub.example";
	}

	@Override
	public ServiceBusSender sender(String entityPath) {
		throw new UnsupportedOperationException();
	}

	@Override
	public ServiceBusTransaction beginTransaction() {
		throw new UnsupportedOperationException();
	}

	@Override
	public ServiceBusTransaction beginTransaction(Duration timeout) {
		throw new UnsupportedOperationException();
	}

	@Override
	public CompletableFuture<ServiceBusTransaction> beginTransactionAsync() {
		throw new UnsupportedOperationException();
	}

	@Override
	public CompletableFuture<ServiceBusTransaction> beginTransactionAsync(Duration timeout) {
		throw new UnsupportedOperationException();
	}

	@Override
	public ServiceBusReceiver receiver(ReceiverOptions options) {
		throw new UnsupportedOperationException();
	}

	@Override
	public SessionReceiver acceptSession(ReceiverOptions options, String sessionId) {
		throw new UnsupportedOperationException();
	}

	@Override
	public CompletableFuture<SessionReceiver> acceptSessionAsync(ReceiverOptions options, String sessionId) {
		throw new UnsupportedOperationException();
	}

	@Override
	public SessionReceiver acceptNextSession(ReceiverOptions options, Duration maxWait) {
		throw new UnsupportedOperationException();
	}

	@Override
	public CompletableFuture<SessionReceiver> acceptNextSessionAsync(ReceiverOptions options, Duration maxWait) {
		throw new UnsupportedOperationException();
	}

	@Override
	public List<String> listSessions(ReceiverOptions options) {
		throw new UnsupportedOperationException();
	}

	@Override
	public CompletableFuture<List<String>> listSessionsAsync(ReceiverOptions options) {
		throw new UnsupportedOperationException();
	}

	@Override
	public SessionSource openSessions(ReceiverOptions options, SessionSource.Listener listener) {
		throw new UnsupportedOperationException();
	}

	@Override
	public SessionSource openSessions(ReceiverOptions options, List<String> sessionIds,
			SessionSource.Listener listener) {
		throw new UnsupportedOperationException();
	}

	@Override
	public MessageSource open(ReceiverOptions options, MessageSource.Listener listener) {
		throw new UnsupportedOperationException();
	}

	@Override
	public RuleManager rules(String topic, String subscription) {
		throw new UnsupportedOperationException();
	}

}
