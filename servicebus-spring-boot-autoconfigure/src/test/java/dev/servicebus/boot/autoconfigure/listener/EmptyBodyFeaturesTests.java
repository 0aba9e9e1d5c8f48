package dev.servicebus.boot.autoconfigure.listener;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.message.ServiceBusMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.messaging.handler.annotation.Payload;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages without a body, in an application with the emulator.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EmptyBodyFeaturesTests {

	private static final ServiceBusMessage EMPTY = ServiceBusMessage.builder().subject("empty").build();

	private final ListenerApplication application = ListenerApplication.of(Listeners.class);

	@Test
	void emptyBodyIsNoPayloadIfTheMethodDoesNotRequireOne() {
		this.application.run((application) -> {
			for (String queue : List.of("optional", "not-required", "nullable")) {
				application.template().send(queue, EMPTY);
				assertThat(application.nextCall()).as(queue).containsExactly((Object) null);
				application.send(queue, new Order(7));
				assertThat(application.nextCall()).as(queue).containsExactly(new Order(7));
				application.awaitCompleted(queue);
			}
		});
	}

	@Test
	void bodyOfNoBytesAndValueThatIsNullAreEmptyToo() {
		this.application.run((application) -> {
			for (ServiceBusMessage message : List.of(ServiceBusMessage.of(new byte[0]),
					ServiceBusMessage.builder().value(null).build())) {
				application.template().send("optional", message);
				assertThat(application.nextCall()).containsExactly((Object) null);
			}
			application.awaitCompleted("optional");
		});
	}

	@Test
	void emptyBodyIsDeadLetteredIfTheMethodRequiresAPayload() {
		this.application.run((application) -> {
			application.template().send("required", EMPTY);
			assertThat(application.deadLetter("required")).satisfies((message) -> {
				assertThat(message.subject()).isEqualTo("empty");
				assertThat(message.deadLetterErrorDescription()).contains("Payload value must not be empty");
			});
			assertThat(application.bean(Calls.class).isEmpty()).isTrue();
		});
	}

	record Listeners(Calls calls) {

		@ServiceBusListener(queue = "optional")
		void optional(Optional<Order> order) {
			this.calls.add(order.orElse(null));
		}

		@ServiceBusListener(queue = "not-required")
		void notRequired(@Payload(required = false) Order order) {
			this.calls.add(order);
		}

		@ServiceBusListener(queue = "nullable")
		void nullable(@Nullable Order order) {
			this.calls.add(order);
		}

		@ServiceBusListener(queue = "required")
		void required(Order order) {
			this.calls.add(order);
		}

	}

	record Order(int number) {

	}

}
