package dev.servicebus.listener.event;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.ServiceBusCommunicationException;
import dev.servicebus.listener.support.FakeClient;
import dev.servicebus.listener.support.ManualExecutor;
import dev.servicebus.listener.support.VirtualTime;
import dev.servicebus.message.ServiceBusReceivedMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Events leave the thread on which things happen, and keep their order.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ListenerEventPublisherTests {

	private final ManualExecutor executor = new ManualExecutor();

	private final List<Object> events = new ArrayList<>();

	private final VirtualTime time = new VirtualTime();

	private final ListenerEventPublisher publisher = new ListenerEventPublisher(this.events::add, this.executor,
			this.time);

	@Test
	void eventsAreNotPublishedWhereTheyHappen() {
		this.publisher.started("orders");
		assertThat(this.events).isEmpty();
		this.executor.runAll();
		assertThat(this.events).containsExactly(new ListenerEvent.Started("orders"));
	}

	@Test
	void eventsKeepTheirOrderOnOneThreadAtATime() {
		ServiceBusCommunicationException failure = new ServiceBusCommunicationException(
				ErrorContext.of("receive", "orders"));
		this.publisher.started("orders");
		this.publisher.receiveFailed("orders", failure);
		this.publisher.receiving("orders");
		this.publisher.paused("orders");
		this.publisher.resumed("orders");
		this.publisher.stopped("orders", 3);
		assertThat(this.executor.waiting()).isEqualTo(1);
		this.executor.runAll();
		assertThat(this.events).containsExactly(new ListenerEvent.Started("orders"),
				new ListenerEvent.Failed("orders", failure), new ListenerEvent.Receiving("orders"),
				new ListenerEvent.Paused("orders"), new ListenerEvent.Resumed("orders"),
				new ListenerEvent.Stopped("orders", 3));
	}

	@Test
	void lockThatRunsOutIsAnEventWithTheStack() {
		ServiceBusReceivedMessage message = FakeClient.message("slow");
		OffsetDateTime until = OffsetDateTime.of(2030, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
		List<StackTraceElement> stack = List.of(new StackTraceElement("Orders", "handle", "Orders.java", 7));
		this.publisher.lockExpiring("orders", message, until, stack);
		this.executor.runAll();
		assertThat(this.events).containsExactly(new ListenerEvent.LockExpiring("orders", message, until, stack));
	}

	@Test
	void listenerThatFailsDoesNotKeepEventsFromOthers() {
		ListenerEventPublisher failing = new ListenerEventPublisher((event) -> {
			this.events.add(event);
			throw new AssertionError("broken");
		}, this.executor, this.time);
		failing.idle("orders");
		failing.active("orders");
		this.executor.runAll();
		assertThat(this.events).containsExactly(new ListenerEvent.Idle("orders"), new ListenerEvent.Active("orders"));
	}

	@Test
	void eventsWaitUntilThereIsAThread() {
		this.executor.reject(true);
		this.publisher.idle("orders");
		this.time.advance(Duration.ofSeconds(5));
		this.executor.reject(false);
		this.publisher.active("orders");
		this.executor.runAll();
		assertThat(this.events).isEmpty();
		this.time.advance(Duration.ofSeconds(1));
		this.executor.runAll();
		assertThat(this.events).containsExactly(new ListenerEvent.Idle("orders"), new ListenerEvent.Active("orders"));
	}

}
