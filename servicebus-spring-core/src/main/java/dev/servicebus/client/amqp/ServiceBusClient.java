package dev.servicebus.client.amqp;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.servicebus.amqp.ConnectionOptions;
import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.MessageSource;
import dev.servicebus.client.MessagingClient;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.RuleManager;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.client.ServiceBusTransaction;
import dev.servicebus.client.SessionReceiver;
import dev.servicebus.client.SessionSource;
import dev.servicebus.client.connection.Claims;
import dev.servicebus.client.connection.ConnectionOwner;
import dev.servicebus.client.management.ListSessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client of one Service Bus namespace. Everything it opens shares one connection,
 * which is made when it is first needed and made again when it is lost.
 *
 * <p>
 * Thread-safe; one client is enough for a program. Close it when it is not needed any
 * more: it holds a connection and, unless it was given a network, a thread.
 *
 * <pre>{@code
 * try (ServiceBusClient client = ServiceBusClient.builder().connectionString(text).build()) {
 *     client.sender("orders").send(ServiceBusMessage.of("hello"));
 * }
 * }</pre>
 */
public final class ServiceBusClient implements MessagingClient, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(ServiceBusClient.class);

	/** How long sends and settlements under way may take to end. */
	private static final Duration PARTS_TIMEOUT = Duration.ofSeconds(5);

	/** Parts, and then an orderly close of the connection. */
	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(15);

	private static final SecureRandom RANDOM = new SecureRandom();

	private final ClientResources resources;

	private final ClientCore core;

	private final String namespace;

	private final Senders senders;

	private final ManagementNodes managements;

	private final Coordinator coordinator;

	private final Set<OpenPart> openParts = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean closed = new AtomicBoolean();

	ServiceBusClient(ServiceBusClientBuilder settings, ClientResources resources) {
		this.resources = resources;
		EventLoop loop = resources.network().nextLoop();
		String clientId = HexFormat.of().toHexDigits(RANDOM.nextLong());
		EndpointSettings endpoint = settings.endpoint();
		this.namespace = endpoint.host();
		ConnectionOptions options = ConnectionOptions.of("servicebus-spring-" + clientId)
			.withHostname(endpoint.host())
			.withProperties(
					Map.of(Symbol.of("product"), "servicebus-spring", Symbol.of("user-agent"), settings.userAgent()));
		ClientDialer dialer = new ClientDialer(resources.network(), endpoint.target(), settings.connectTimeout(),
				options, settings.transactionScope(), this::attachCoordinator);
		Claims.Settings claims = new Claims.Settings(endpoint.host(), settings.tokens(loop.clock()),
				resources.tokenExecutor(), settings.connectTimeout(), settings.random());
		this.core = new ClientCore(clientId, new LinkNames(clientId),
				new ConnectionOwner(loop, dialer, Claims.Factory.of(claims), settings.random()),
				new Completions(loop, resources.executor()), new LockRenewals(loop),
				settings.outgoing(clientId, loop.clock()), loop.clock(),
				WorkTerms.of(settings.retryOptions(), settings.random()), settings.random());
		this.managements = new ManagementNodes(this.core, settings.scope());
		this.senders = new Senders(this.core, this.managements);
		this.coordinator = new Coordinator(this.core, settings.transactionScope());
	}

	/**
	 * Begins with the defaults.
	 */
	public static ServiceBusClientBuilder builder() {
		return new ServiceBusClientBuilder();
	}

	@Override
	public String fullyQualifiedNamespace() {
		return this.namespace;
	}

	@Override
	public ServiceBusSender sender(String entityPath) {
		return this.senders.of(entityPath);
	}

	@Override
	public ServiceBusTransaction beginTransaction() {
		return beginTransaction(this.core.operationTimeout());
	}

	@Override
	public ServiceBusTransaction beginTransaction(Duration timeout) {
		return this.core.completions().await(Declaration.WHERE, begin(timeout), ServiceBusTransaction::close);
	}

	@Override
	public CompletableFuture<ServiceBusTransaction> beginTransactionAsync() {
		return beginTransactionAsync(this.core.operationTimeout());
	}

	@Override
	public CompletableFuture<ServiceBusTransaction> beginTransactionAsync(Duration timeout) {
		return this.core.completions().async(Declaration.WHERE, begin(timeout), ServiceBusTransaction::close);
	}

	private void attachCoordinator() {
		this.coordinator.attach();
	}

	private Completions.Operation<ServiceBusTransaction> begin(Duration timeout) {
		Duration limit = WorkTerms.requirePositive(timeout);
		return (completion) -> this.core
			.execute(() -> this.coordinator.begin(new Declaration(this.coordinator, limit, completion)));
	}

	@Override
	public ServiceBusReceiver receiver(ReceiverOptions options) {
		AmqpReceiver receiver = AmqpReceiver.of(context(options));
		track(receiver::end, receiver.whenEnded());
		return receiver;
	}

	@Override
	public MessageSource open(ReceiverOptions options, MessageSource.Listener listener) {
		AmqpMessageSource source = new AmqpMessageSource(context(options), listener);
		track(source::end, source.whenEnded());
		return source;
	}

	@Override
	public RuleManager rules(String topic, String subscription) {
		return new AmqpRuleManager(this.core,
				management(ReceiverOptions.subscription(topic, subscription).entityPath()),
				this.core.operationTimeout());
	}

	@Override
	public SessionReceiver acceptSession(ReceiverOptions options, String sessionId) {
		return acceptNow(options, SessionRequest.named(sessionId, core(options).operationTimeout()));
	}

	@Override
	public CompletableFuture<SessionReceiver> acceptSessionAsync(ReceiverOptions options, String sessionId) {
		return accept(options, SessionRequest.named(sessionId, core(options).operationTimeout()));
	}

	@Override
	public SessionReceiver acceptNextSession(ReceiverOptions options, Duration maxWait) {
		return acceptNow(options, SessionRequest.next(maxWait));
	}

	@Override
	public CompletableFuture<SessionReceiver> acceptNextSessionAsync(ReceiverOptions options, Duration maxWait) {
		return accept(options, SessionRequest.next(maxWait));
	}

	private SessionReceiver acceptNow(ReceiverOptions options, SessionRequest request) {
		SessionAccept accept = newAccept(options, request);
		return this.core.completions()
			.await(ErrorContext.of("accept-session", options.path()), accept::start, accept.unwanted());
	}

	private CompletableFuture<SessionReceiver> accept(ReceiverOptions options, SessionRequest request) {
		SessionAccept accept = newAccept(options, request);
		return this.core.completions()
			.async(ErrorContext.of("accept-session", options.path()), accept::start, accept.unwanted());
	}

	private SessionAccept newAccept(ReceiverOptions options, SessionRequest request) {
		SessionAccept accept = new SessionAccept(sessions(options, request));
		AmqpReceiver receiver = accept.receiver();
		track(receiver::end, receiver.whenEnded());
		return accept;
	}

	@Override
	public List<String> listSessions(ReceiverOptions options) {
		return this.core.completions().await(ErrorContext.of("list-sessions", options.path()), listing(options));
	}

	@Override
	public CompletableFuture<List<String>> listSessionsAsync(ReceiverOptions options) {
		return this.core.completions().async(ErrorContext.of("list-sessions", options.path()), listing(options));
	}

	private Completions.Operation<List<String>> listing(ReceiverOptions options) {
		return (completion) -> new PagedListing<>(management(options.path()),
				(skip) -> new ListSessions(skip, PagedListing.PAGE_SIZE), core(options).operationTimeout(), completion)
			.start();
	}

	@Override
	public SessionSource openSessions(ReceiverOptions options, SessionSource.Listener listener) {
		return openSessions(options, SessionRequests.any(core(options).operationTimeout()), listener);
	}

	@Override
	public SessionSource openSessions(ReceiverOptions options, List<String> sessionIds,
			SessionSource.Listener listener) {
		if (sessionIds.isEmpty()) {
			throw new IllegalArgumentException("sessionIds must not be empty");
		}
		return openSessions(options, SessionRequests.of(sessionIds, core(options).operationTimeout()), listener);
	}

	private SessionSource openSessions(ReceiverOptions options, SessionRequests requests,
			SessionSource.Listener listener) {
		SessionLink.Context context = sessions(options, SessionRequest.endless(core(options).operationTimeout()));
		AmqpSessionSource source = new AmqpSessionSource(context, requests, listener);
		track(source::end, source.whenEnded());
		return source;
	}

	private SessionLink.Context sessions(ReceiverOptions options, SessionRequest request) {
		return new SessionLink.Context(core(options), options, management(options.path()), request);
	}

	private void track(OpenPart part, CompletableFuture<Void> ended) {
		this.openParts.add(part);
		ended.thenRun(() -> this.openParts.remove(part));
	}

	private ReceiverContext context(ReceiverOptions options) {
		return ReceiverContext.ofEntity(core(options), options, management(options.path()));
	}

	private ClientCore core(ReceiverOptions options) {
		return this.core.with(options.retryOptions());
	}

	private ManagementNode management(String path) {
		return this.managements.of(path);
	}

	/**
	 * Closes everything that this client has opened, then the connection. What is under
	 * way gets a few seconds to end. Harmless when repeated.
	 */
	@Override
	public void close() {
		if (!this.closed.compareAndSet(false, true)) {
			return;
		}
		CompletableFuture<Void> end = new CompletableFuture<>();
		this.core.execute(() -> endParts(end));
		if (this.resources.isOwned()) {
			// A network of somebody else's may be driven by this very thread.
			awaitEnd(end);
		}
		this.resources.close();
	}

	private void endParts(CompletableFuture<Void> end) {
		List<CompletableFuture<Void>> parts = new ArrayList<>();
		this.senders.forEachQueue((queue) -> parts.add(queue.end()));
		this.openParts.forEach((part) -> parts.add(part.end()));
		CompletableFuture<Void> allEnded = CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new));
		EventLoop.Timer limit = this.core.owner().loop().schedule(PARTS_TIMEOUT, () -> allEnded.complete(null));
		allEnded.thenRun(() -> {
			limit.cancel();
			this.managements.close();
			this.core.owner().close().thenRun(() -> {
				this.senders.forEachQueue(SendQueue::abort);
				end.complete(null);
			});
		});
	}

	private static void awaitEnd(CompletableFuture<Void> end) {
		try {
			end.get(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			logger.warn("The client did not close within {}; its network is closed all the same", CLOSE_TIMEOUT);
		}
	}

	/**
	 * A receiver or source, as far as closing it is concerned.
	 */
	@FunctionalInterface
	private interface OpenPart {

		CompletableFuture<Void> end();

	}

}
