package dev.servicebus.emulator.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.servicebus.emulator.store.BrokerException;
import dev.servicebus.emulator.store.BrokerMessage;
import dev.servicebus.emulator.store.MessageLog;
import org.jspecify.annotations.Nullable;

/**
 * Hands ready messages to consumers with demand, one to each in turn. Consumers without
 * demand cost nothing: they leave the circle until they say that they want more.
 */
final class Dispatcher implements Distribution {

	private final MessageLog log;

	private final Handover handover;

	private final Set<Registration> registrations = new LinkedHashSet<>();

	/** Consumers that had demand when they were last asked, the next in turn first. */
	private final ArrayDeque<Registration> circle = new ArrayDeque<>();

	private boolean dispatching;

	Dispatcher(MessageLog log, Handover handover) {
		this.log = log;
		this.handover = handover;
	}

	@Override
	public ConsumerRegistration register(Consumer consumer) {
		Registration registration = new Registration(consumer);
		this.registrations.add(registration);
		return registration;
	}

	@Override
	public int consumers() {
		return this.registrations.size();
	}

	@Override
	public void dispatch() {
		if (this.dispatching) {
			return;
		}
		this.dispatching = true;
		try {
			BrokerMessage message;
			Registration next;
			while ((message = this.log.firstReady()) != null && (next = nextWithDemand()) != null) {
				if (this.handover.isExpired(message)) {
					this.handover.expire(message);
				}
				else {
					hand(message, next);
				}
			}
		}
		finally {
			this.dispatching = false;
		}
	}

	@Override
	public void endAll(BrokerException reason) {
		List<Registration> ended = new ArrayList<>(this.registrations);
		ended.forEach(Registration::cancel);
		ended.forEach((registration) -> registration.consumer.ended(reason));
	}

	private void hand(BrokerMessage message, Registration registration) {
		this.circle.remove();
		registration.inCircle = false;
		this.handover.take(message, registration.consumer.receiveMode());
		registration.consumer.deliver(message);
		registration.enterCircle();
	}

	private @Nullable Registration nextWithDemand() {
		Registration next;
		while ((next = this.circle.peek()) != null && next.consumer.demand() <= 0) {
			this.circle.remove();
			next.inCircle = false;
		}
		return next;
	}

	private final class Registration implements ConsumerRegistration {

		private final Consumer consumer;

		private boolean inCircle;

		private boolean ended;

		Registration(Consumer consumer) {
			this.consumer = consumer;
		}

		@Override
		public void demandChanged() {
			enterCircle();
			dispatch();
		}

		@Override
		public void cancel() {
			this.ended = true;
			Dispatcher.this.registrations.remove(this);
			if (this.inCircle) {
				this.inCircle = false;
				Dispatcher.this.circle.remove(this);
			}
		}

		private void enterCircle() {
			if (!this.inCircle && !this.ended) {
				this.inCircle = true;
				Dispatcher.this.circle.add(this);
			}
		}

	}

}
