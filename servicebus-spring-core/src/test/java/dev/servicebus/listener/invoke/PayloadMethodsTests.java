package dev.servicebus.listener.invoke;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.converter.MessageTypes;
import dev.servicebus.listener.support.FakeClient;
import dev.servicebus.message.ServiceBusMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Which method a message goes to by the type that it names.
 */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class PayloadMethodsTests {

	private static final MessageTypes TYPES = MessageTypes
		.of(Map.of("placed", Placed.class, "cancelled", Cancelled.class, "express", Express.class));

	@Test
	void subtypesWithoutAMethodOfTheirOwnGoToTheMethodOfTheirSupertype() {
		PayloadMethods methods = methods(Event.class, Cancelled.class);
		assertThat(chosen(methods, "placed")).isEqualTo(Event.class);
		assertThat(chosen(methods, "cancelled")).isEqualTo(Cancelled.class);
		assertThat(chosen(methods, "express")).isEqualTo(Event.class);
	}

	@Test
	void nearestSupertypeWins() {
		PayloadMethods methods = methods(Event.class, Placed.class);
		assertThat(chosen(methods, "express")).isEqualTo(Placed.class);
		assertThat(chosen(methods, "cancelled")).isEqualTo(Event.class);
	}

	@Test
	void typesThatAreEquallyNearAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> methods(Placed.class, Urgent.class))
			.withMessageContainingAll("Placed", "Urgent", "equally near to " + Express.class.getName());
	}

	@Test
	void knownTypeWithoutAMethodIsNotHandledAsSomethingElse() {
		PayloadMethods methods = methods(Placed.class);
		assertThatExceptionOfType(NoHandlerException.class).isThrownBy(() -> chosen(methods, "cancelled"))
			.withMessageContainingAll("'cancelled'", "handle(Placed)", "[express, placed]");
	}

	private static PayloadMethods methods(Class<?>... payloads) {
		List<PayloadMethod> methods = new ArrayList<>();
		for (Class<?> payload : payloads) {
			methods.add(new PayloadMethod(method(), payload, false, (message, context) -> {
			}));
		}
		return new PayloadMethods(methods, TYPES);
	}

	private static Method method() {
		try {
			return PayloadMethodsTests.class.getDeclaredMethod("handle");
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Class<?> chosen(PayloadMethods methods, String name) {
		return methods
			.choose(FakeClient
				.message(ServiceBusMessage.of("{}").mutate().applicationProperty(MessageTypes.PROPERTY, name).build()))
			.payload();
	}

	@SuppressWarnings("unused")
	private static void handle() {
	}

	sealed interface Event {

	}

	static non-sealed class Placed implements Event {

	}

	interface Urgent {

	}

	static final class Express extends Placed implements Urgent {

	}

	record Cancelled() implements Event {

	}

}
