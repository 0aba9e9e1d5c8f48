package dev.servicebus.boot.autoconfigure.listener;

import java.time.Duration;
import java.util.List;

import dev.servicebus.boot.autoconfigure.EmulatorTime;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.StoredMessage;
import dev.servicebus.endpoint.ServiceBusListenerEndpointRegistry;
import dev.servicebus.listener.container.ServiceBusListenerContainer;
import dev.servicebus.message.ServiceBusReceivedMessage;
import dev.servicebus.template.OutgoingMessage;
import dev.servicebus.template.ServiceBusTemplate;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a test does with its application, and what it sees of it.
 */
final class RunningApplication {

	static final Duration PATIENCE = Duration.ofSeconds(30);

	private final AssertableApplicationContext context;

	RunningApplication(AssertableApplicationContext context) {
		assertThat(context).hasNotFailed();
		this.context = context;
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	ServiceBusTemplate template() {
		return bean(ServiceBusTemplate.class);
	}

	OutgoingMessage to(String queue) {
		return template().to(queue);
	}

	void send(String queue, Object... payloads) {
		template().sendAll(queue, List.of(payloads));
	}

	ServiceBusListenerContainer container(String id) {
		return bean(ServiceBusListenerEndpointRegistry.class).getListenerContainer(id);
	}

	/**
	 * What a listener has noted next.
	 */
	List<Object> nextCall() throws InterruptedException {
		return bean(Calls.class).next();
	}

	ServiceBusEmulator emulator() {
		return bean(ServiceBusEmulator.class);
	}

	/**
	 * Takes what a listener has sent to this queue, or will send soon.
	 */
	ServiceBusReceivedMessage reply(String queue) {
		List<ServiceBusReceivedMessage> messages = template().receiveMessages(queue, 1, PATIENCE);
		assertThat(messages).as("reply in '%s'", queue).hasSize(1);
		return messages.get(0);
	}

	/**
	 * What the queue holds, locked or not.
	 */
	List<StoredMessage> messages(String queue) {
		return emulator().queue(queue).messages();
	}

	/**
	 * How many messages of the queue somebody has locked.
	 */
	long locked(String queue) {
		return messages(queue).stream().filter(StoredMessage::isLocked).count();
	}

	/**
	 * How many messages of the queue can be had at once.
	 */
	long available(String queue) {
		return messages(queue).stream().filter((message) -> !message.isLocked()).count();
	}

	/**
	 * The only message in the dead-letter queue, which will be there soon.
	 */
	StoredMessage deadLetter(String queue) {
		return deadLetters(queue, 1).get(0);
	}

	List<StoredMessage> deadLetters(String queue, int number) {
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(emulator().queue(queue).deadLetters()).hasSize(number));
		return emulator().queue(queue).deadLetters();
	}

	/**
	 * Waits until the queue holds so many messages.
	 */
	void awaitMessages(String queue, int number) {
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(messages(queue)).hasSize(number));
	}

	/**
	 * Waits until everything in the queue is completed.
	 */
	void awaitCompleted(String queue) {
		awaitMessages(queue, 0);
		assertThat(emulator().queue(queue).deadLetters()).isEmpty();
	}

	/**
	 * The time of the emulator and, if the application wants it, its listeners.
	 */
	EmulatorTime time() {
		return bean(EmulatorTime.class);
	}

	/**
	 * Closes the application, as its end does.
	 */
	void close() {
		this.context.getSourceApplicationContext().close();
	}

	/**
	 * Stops the listeners, and whatever else is stopped.
	 */
	void stop() {
		this.context.getSourceApplicationContext().stop();
	}

	/**
	 * Starts what was stopped.
	 */
	void start() {
		this.context.getSourceApplicationContext().start();
	}

}
