package dev.servicebus.emulator.entity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import dev.servicebus.emulator.delivery.DeliveryContext;
import dev.servicebus.emulator.delivery.LockTokens;
import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerException;
import dev.servicebus.emulator.time.BrokerClock;
import dev.servicebus.emulator.time.BrokerTimers;
import dev.servicebus.emulator.time.WakeUp;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A broker in virtual time.
 */
final class TestBroker {

	static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	final BrokerTimers timers = new BrokerTimers(new BrokerClock(InstantSource.fixed(START)), WakeUp.NEVER);

	final Namespace namespace = new Namespace(NamespaceOptions.DEFAULTS,
			new DeliveryContext(this.timers, new LockTokens(new Random(42))));

	Queue queue(UnaryOperator<EntityOptionsBuilder> options) {
		return this.namespace.createQueue("orders", options.apply(EntityOptions.builder()).build());
	}

	Queue queue() {
		return this.namespace.createQueue("orders");
	}

	Instant now() {
		return Instant.ofEpochMilli(this.timers.now());
	}

	void advance(Duration duration) {
		this.timers.advance(duration);
	}

	static void send(Queue queue, String... ids) {
		Stream.of(ids).map(TestMessage::of).forEach(queue::enqueue);
	}

	static List<String> ids(ReceivableEntity entity) {
		return entity.snapshot().stream().map((message) -> (String) message.content().messageId()).toList();
	}

	static BrokerException assertRefused(BrokerError error, ThrowingCallable call) {
		BrokerException refusal = catchThrowableOfType(BrokerException.class, call);
		assertThat(refusal).as("refusal with " + error).isNotNull();
		assertThat(refusal.error()).isEqualTo(error);
		return refusal;
	}

}
