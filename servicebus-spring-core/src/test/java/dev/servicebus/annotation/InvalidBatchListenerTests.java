package dev.servicebus.annotation;

import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.servicebus.listener.Settlement;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.SendTo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Methods that ask for a batch and for something that does not go with it stop the
 * application.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class InvalidBatchListenerTests {

	@ParameterizedTest
	@CsvSource({ "TwoBatches, 2 parameters of type List", "RawBatch, does not say what it is a List of",
			"SinglePayload, 'parameter 1, a String, is of one message'",
			"SingleSettlement, 'parameter 1, a Settlement, is of one message'",
			"SingleHeader, 'parameter 1, a String, is of one message'", "Reply, there is no reply to a batch",
			"ReplyElsewhere, there is no reply" })
	void contextStopsAndSaysWhy(String listener, String reason) throws Exception {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.register(ListenerTestConfiguration.class);
			context.registerBean("shop", Class.forName(getClass().getName() + "$" + listener));
			Throwable failure = catchThrowable(context::refresh);
			assertThat(failure).isInstanceOf(InvalidListenerException.class)
				.hasMessageContaining(listener + ".handle(List")
				.hasMessageContaining("of bean 'shop'")
				.hasMessageContaining(reason);
		}
	}

	static class TwoBatches {

		@ServiceBusListener(queue = "orders")
		void handle(List<String> first, List<String> second) {
		}

	}

	static class RawBatch {

		@ServiceBusListener(queue = "orders")
		@SuppressWarnings("rawtypes")
		void handle(List orders) {
		}

	}

	static class SinglePayload {

		@ServiceBusListener(queue = "orders")
		void handle(List<String> orders, String order) {
		}

	}

	static class SingleSettlement {

		@ServiceBusListener(queue = "orders")
		void handle(List<String> orders, Settlement settlement) {
		}

	}

	static class SingleHeader {

		@ServiceBusListener(queue = "orders")
		void handle(List<String> orders, @Header("name") String name) {
		}

	}

	static class Reply {

		@ServiceBusListener(queue = "orders")
		String handle(List<String> orders) {
			return "";
		}

	}

	static class ReplyElsewhere {

		@ServiceBusListener(queue = "orders")
		@SendTo("answers")
		String handle(List<String> orders) {
			return "";
		}

	}

}
