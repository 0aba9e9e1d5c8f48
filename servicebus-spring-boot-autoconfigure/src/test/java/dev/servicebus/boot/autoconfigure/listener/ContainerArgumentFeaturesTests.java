package dev.servicebus.boot.autoconfigure.listener;

import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.endpoint.ServiceBusListenerEndpointRegistry;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.listener.container.ServiceBusListenerContainer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What methods of listeners learn about themselves, in an application with the emulator.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ContainerArgumentFeaturesTests {

	private final ListenerApplication application = ListenerApplication.of(Listeners.class);

	@Test
	void containerAndTargetAreArguments() {
		this.application.run((application) -> {
			application.send("until-last", "first", "last");
			assertThat(application.nextCall()).containsExactly("first", "until-last", false);
			assertThat(application.nextCall()).containsExactly("last", "until-last", true);
			application.awaitCompleted("until-last");
			assertThat(application.bean(ServiceBusListenerEndpointRegistry.class).getListenerContainer("until-last"))
				.matches(ServiceBusListenerContainer::isPaused);
		});
	}

	@Test
	void emptyBodyIsNullForANullableParameter() {
		this.application.run((application) -> {
			application.to("nullable").send();
			assertThat(application.nextCall()).containsExactly((Object) null);
			application.awaitCompleted("nullable");
		});
	}

	static class Listeners {

		private final Calls calls;

		Listeners(Calls calls) {
			this.calls = calls;
		}

		@ServiceBusListener(id = "until-last", queue = "until-last")
		void untilLast(String body, ServiceBusListenerContainer container, ListenerTarget target) {
			if (body.equals("last")) {
				container.pause();
			}
			this.calls.add(body, target.entity(), container.isPaused());
		}

		@ServiceBusListener(queue = "nullable")
		void nullable(@Nullable Fruit fruit) {
			this.calls.add(fruit);
		}

	}

	record Fruit(String name) {

	}

}
