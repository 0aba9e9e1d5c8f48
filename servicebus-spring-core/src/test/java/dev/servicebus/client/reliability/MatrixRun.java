package dev.servicebus.client.reliability;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.RuleManager;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.client.ServiceBusTransaction;
import dev.servicebus.client.SessionReceiver;
import dev.servicebus.client.rule.RuleFilter;
import dev.servicebus.client.rule.RuleProperties;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.rule.Rule;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * One operation in a world of its own: prepared, started, and compared with what the
 * broker holds.
 */
final class MatrixRun implements AutoCloseable {

	/** More than one frame. */
	private static final byte[] BODY = new byte[100_000];

	private static final ReceiverOptions SESSIONS = ReceiverOptions.queue("sessions");

	final FaultBench bench;

	private final MatrixOperation operation;

	private final ServiceBusReceiver receiver;

	private List<Long> scheduled = List.of();

	private List<ServiceBusReceivedMessage> locked = List.of();

	private List<Long> deferred = List.of();

	private ServiceBusTransaction transaction;

	private SessionReceiver session;

	MatrixRun(MatrixOperation operation) {
		EntityOptions withSessions = EntityOptions.builder().requiresSession(true).build();
		this.bench = new FaultBench(1,
				ServiceBusEmulator.builder()
					.queue("orders")
					.queue("sessions", withSessions)
					.topic("events")
					.subscription("events", "audit"));
		this.operation = operation;
		this.receiver = this.bench.receiver();
	}

	/**
	 * Makes ready what the operation works on, with all links in place.
	 */
	void prepare() {
		switch (this.operation) {
			case SEND, SEND_BATCH -> {
				await(sender().sendAsync(ServiceBusMessage.of("warm")));
				this.bench.service.emulator.queue("orders").purge();
			}
			case CANCEL -> this.scheduled = await(sender().scheduleAsync(List.of(message()), inAnHour()));
			case RECEIVE, PEEK -> await(sender().sendAsync(message()));
			case COMPLETE, RENEW_LOCK -> {
				await(sender().sendAsync(message()));
				this.locked = this.bench.receive(this.receiver, 1);
			}
			case RECEIVE_DEFERRED -> {
				await(sender().sendAsync(message()));
				ServiceBusReceivedMessage deferred = this.bench.receive(this.receiver, 1).get(0);
				await(this.receiver.settleAsync(deferred, new Disposition.Defer(Map.of())));
				this.deferred = List.of(deferred.sequenceNumber());
				await(this.receiver.peekAsync(1, 0));
			}
			case LIST_RULES, ADD_RULE -> await(rules().listAsync());
			case TRANSACTION -> this.transaction = await(this.bench.service.client.beginTransactionAsync());
			case SET_STATE, GET_STATE ->
				this.session = await(this.bench.service.client.acceptSessionAsync(SESSIONS, "s"));
			case SCHEDULE, ACCEPT_SESSION -> await(this.receiver.peekAsync(1, 0));
		}
		this.bench.service.run();
	}

	CompletableFuture<?> start() {
		return switch (this.operation) {
			case SEND -> sender().sendAsync(message());
			case SEND_BATCH -> sender().sendAsync(List.of(message(), ServiceBusMessage.of("2")));
			case SCHEDULE -> sender().scheduleAsync(List.of(message()), inAnHour());
			case CANCEL -> sender().cancelScheduledAsync(this.scheduled);
			case RECEIVE -> this.receiver.receiveAsync(1, Duration.ofSeconds(20));
			case COMPLETE -> this.receiver.settleAsync(this.locked.get(0), new Disposition.Complete());
			case RENEW_LOCK -> this.receiver.renewLockAsync(this.locked.get(0));
			case PEEK -> this.receiver.peekAsync(1, 0);
			case ACCEPT_SESSION -> this.bench.service.client.acceptSessionAsync(SESSIONS, "s");
			case SET_STATE -> this.session.session().setStateAsStringAsync("state");
			case GET_STATE -> this.session.session().getStateAsync();
			case RECEIVE_DEFERRED -> this.receiver.receiveDeferredAsync(this.deferred);
			case LIST_RULES -> rules().listAsync();
			case ADD_RULE -> rules().addAsync(RuleProperties.of("added", RuleFilter.sql("1 = 1")));
			case TRANSACTION -> sender().inTransaction(this.transaction)
				.sendAsync(message())
				.thenCompose((sent) -> this.transaction.commitAsync());
		};
	}

	/**
	 * Returns whether the broker shows that the operation was carried out; always true
	 * for operations that leave no trace.
	 */
	boolean isDone() {
		return switch (this.operation) {
			case SEND, SCHEDULE, TRANSACTION -> this.bench.stored() > 0;
			case ADD_RULE -> ruleNames().anyMatch("added"::equals);
			case SEND_BATCH -> this.bench.stored() > 1;
			case CANCEL, COMPLETE -> this.bench.stored() == 0;
			default -> true;
		};
	}

	/**
	 * Returns whether the broker shows that the operation was not carried out.
	 */
	boolean isUndone() {
		return switch (this.operation) {
			case SEND, SEND_BATCH, SCHEDULE, TRANSACTION -> this.bench.stored() == 0;
			case ADD_RULE -> ruleNames().noneMatch("added"::equals);
			case CANCEL, COMPLETE -> this.bench.stored() > 0;
			default -> true;
		};
	}

	private ServiceBusSender sender() {
		return this.bench.service.client.sender("orders");
	}

	private Stream<String> ruleNames() {
		return this.bench.service.emulator.subscription("events", "audit").rules().stream().map(Rule::name);
	}

	private RuleManager rules() {
		return this.bench.service.client.rules("events", "audit");
	}

	private static ServiceBusMessage message() {
		return ServiceBusMessage.of(BODY);
	}

	private OffsetDateTime inAnHour() {
		return this.bench.service.network.time().clock().instant().atOffset(ZoneOffset.UTC).plusHours(1);
	}

	private <T> T await(CompletableFuture<T> future) {
		return this.bench.service.await(future);
	}

	@Override
	public void close() {
		this.bench.close();
	}

}
