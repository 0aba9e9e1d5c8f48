package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.servicebus.amqp.simulation.SimulatedNetwork;
import dev.servicebus.amqp.simulation.Direction;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.fault.FaultError;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.message.ServiceBusMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Copies for a later attempt that cannot be scheduled, or of which nobody knows whether
 * they are: the message is neither lost nor there twice.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class DelayedRetryFaultTests {

	private final SimulatedContainers containers = new SimulatedContainers(ServiceBusEmulator.builder()
		.queue("orders",
				EntityOptions.builder()
					.lockDuration(Duration.ofSeconds(30))
					.maxDeliveryCount(50)
					.duplicateDetectionWindow(Duration.ofDays(1))
					.build()))
		.options((options) -> options.retry((retry) -> retry.mutate().delay(Duration.ofMinutes(2)).build()));

	private final List<Integer> attempts = new ArrayList<>();

	@AfterEach
	void close() {
		this.containers.close();
	}

	@ParameterizedTest(name = "{0} after {1} ms")
	@MethodSource("faults")
	void connectionLostAtAnyMomentNeitherLosesNorDoublesTheMessage(Fault fault, int millis) {
		startFailing();
		send();
		this.containers.executor.runAll();
		this.containers.service.advance(Duration.ofMillis(millis));
		fault.strike(this.containers);
		this.containers.advance(Duration.ofMinutes(1));
		assertThat(this.containers.messages("orders")).hasSize(1);
		this.containers.advance(Duration.ofMinutes(12));
		assertThat(this.attempts).containsSubsequence(1, 2, 3).hasSizeBetween(3, 5);
		assertThat(this.containers.messages("orders")).isEmpty();
		assertThat(this.containers.deadLetters("orders")).hasSize(1);
	}

	static Stream<Arguments> faults() {
		return Stream.of(Fault.values())
			.flatMap((fault) -> IntStream.rangeClosed(0, 40).mapToObj((millis) -> Arguments.of(fault, millis)));
	}

	@Test
	void messageIsKeptUnderItsLockWhileNoTransactionCanBeBegun() {
		this.containers.service.emulator.faults().onAttach("$coordinator").always().refuse(FaultError.unauthorized());
		startFailing();
		send();
		this.containers.run();
		this.containers.advance(Duration.ofSeconds(90));
		assertThat(this.attempts).containsExactly(1);
		assertThat(this.containers.messages("orders")).singleElement().satisfies((message) -> {
			assertThat(message.isLocked()).isTrue();
			assertThat(message.deliveryCount()).isZero();
		});
		this.containers.advance(Duration.ofMinutes(1));
		assertThat(this.attempts).containsExactly(1, 2);
	}

	@Test
	void copyIsScheduledAsSoonAsThatIsPossibleAgain() {
		startFailing();
		send();
		this.containers.service.emulator.faults().onSend("orders").next(3).refuse(FaultError.unauthorized());
		this.containers.run();
		this.containers.advance(Duration.ofSeconds(20));
		assertThat(this.containers.service.emulator.faults().log()).hasSize(3);
		assertThat(this.containers.messages("orders")).singleElement()
			.satisfies((message) -> assertThat(message.messageId().toString()).startsWith("o1-retry-1-"));
		this.containers.advance(Duration.ofSeconds(99));
		assertThat(this.attempts).containsExactly(1);
		this.containers.advance(Duration.ofSeconds(2));
		assertThat(this.attempts).containsExactly(1, 2);
	}

	@Test
	void stopWhileACopyCannotBeScheduledGivesTheMessageBackWithItsAttempts() {
		this.containers.service.emulator.faults().onSend("orders").nth(2).refuse(FaultError.unauthorized());
		ServiceBusListenerContainer container = startFailing();
		send();
		this.containers.run();
		this.containers.stop(container);
		startFailing();
		assertThat(this.attempts).containsExactly(1, 2);
	}

	private ServiceBusListenerContainer startFailing() {
		return this.containers.start(ListenerTarget.queue("orders"), (message, context) -> {
			this.attempts.add(context.attempt());
			throw new IllegalStateException("no stock");
		});
	}

	/** The message is there, but nobody has handled it yet. */
	private void send() {
		ServiceBusMessage message = ServiceBusMessage.builder().body("body").messageId("o1").build();
		this.containers.service.await(this.containers.service.client.sender("orders").sendAsync(message));
		for (int i = 0; i < 100 && this.containers.executor.waiting() == 0; i++) {
			this.containers.service.advance(Duration.ofMillis(1));
		}
	}

	/**
	 * Ways to lose a connection.
	 */
	enum Fault {

		CUT {

			@Override
			void strike(SimulatedContainers containers) {
				lose(containers.service.network);
			}

		},

		ANSWERS_LOST {

			@Override
			void strike(SimulatedContainers containers) {
				containers.service.network.blackhole(Direction.TO_DIALER);
				containers.service.advance(Duration.ofMillis(50));
				lose(containers.service.network);
			}

		},

		REQUESTS_LOST {

			@Override
			void strike(SimulatedContainers containers) {
				containers.service.network.blackhole(Direction.TO_LISTENER);
				containers.service.advance(Duration.ofMillis(50));
				lose(containers.service.network);
			}

		};

		abstract void strike(SimulatedContainers containers);

		private static void lose(SimulatedNetwork network) {
			network.resetAll();
			network.heal();
		}

	}

}
