package dev.servicebus.client.amqp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.servicebus.client.AutoLockRenewFailedException;
import dev.servicebus.client.AutoLockRenewTimeoutException;
import dev.servicebus.client.AutoLockRenewer;
import dev.servicebus.client.Disposition;
import dev.servicebus.client.LockRenewal;
import dev.servicebus.client.LockRenewalOptions;
import dev.servicebus.client.MessageLockLostException;
import dev.servicebus.client.ReceiveMode;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.SessionLockLostException;
import dev.servicebus.client.SessionReceiver;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AutoLockRenewerTests {

	private static final Duration WAIT = Duration.ofSeconds(5);

	private final SimulatedService service = SimulatedService.of(6, ServiceBusEmulator.builder()
		.queue("orders", EntityOptions.builder().lockDuration(Duration.ofSeconds(30)).build())
		.queue("sessions", EntityOptions.builder().requiresSession(true).lockDuration(Duration.ofSeconds(30)).build()));

	private final ServiceBusReceiver receiver = this.service.client.receiver(ReceiverOptions.queue("orders"));

	private final List<ServiceBusException> failures = new ArrayList<>();

	private final AutoLockRenewer renewer = new AutoLockRenewer(
			LockRenewalOptions.DEFAULTS.withOnFailure(this.failures::add));

	@AfterEach
	void close() {
		this.renewer.close();
		this.service.close();
	}

	@Test
	void locksAreHeldUntilTheMessagesAreSettled() {
		List<ServiceBusReceivedMessage> messages = receive(250);
		messages.forEach((message) -> this.renewer.register(this.receiver, message));
		this.service.advance(Duration.ofMinutes(4));
		messages.forEach((message) -> complete(this.receiver, message));

		assertThat(this.service.emulator.queue("orders").messages()).isEmpty();
		this.service.advance(Duration.ofMinutes(10));
		assertThat(this.failures).isEmpty();
		assertThat(messages).allSatisfy((message) -> assertThat(message.autoRenewError()).isNull());
	}

	@Test
	void renewalEndsAfterItsMaximum() {
		ServiceBusReceivedMessage message = receive(1).get(0);
		LockRenewal renewal = this.renewer.register(this.receiver, message);
		this.service.advance(Duration.ofMinutes(5));
		assertThat(renewal.isActive()).isTrue();
		this.service.advance(Duration.ofSeconds(31));

		assertThat(renewal.isActive()).isFalse();
		assertThat(renewal.failure()).isInstanceOf(AutoLockRenewTimeoutException.class);
		assertThat(message.autoRenewError()).isSameAs(renewal.failure());
		assertThat(this.failures).containsExactly(renewal.failure());
		assertThatExceptionOfType(MessageLockLostException.class).isThrownBy(() -> complete(this.receiver, message));
	}

	@Test
	void lostLockIsTold() {
		List<ServiceBusReceivedMessage> messages = receive(3);
		messages.forEach((message) -> this.renewer.register(this.receiver, message));
		this.service.emulator.queue("orders").purge();
		this.service.advance(Duration.ofMinutes(1));

		assertThat(this.failures).hasSize(3).hasOnlyElementsOfType(AutoLockRenewFailedException.class);
		assertThat(messages).allSatisfy(
				(message) -> assertThat(message.autoRenewError()).isInstanceOf(AutoLockRenewFailedException.class));
	}

	@Test
	void oneLostLockDoesNotTakeOthersWithIt() {
		List<ServiceBusReceivedMessage> messages = receive(3);
		messages.forEach((message) -> this.renewer.register(this.receiver, message));
		ServiceBusReceiver other = this.service.client.receiver(ReceiverOptions.queue("orders"));
		ServiceBusReceivedMessage settledElsewhere = messages.get(1);
		LockRenewal stale = other.keepLocked(settledElsewhere, LockRenewalOptions.DEFAULTS);
		complete(this.receiver, settledElsewhere);
		this.service.advance(Duration.ofMinutes(2));

		assertThat(stale.failure()).isInstanceOf(AutoLockRenewFailedException.class);
		complete(this.receiver, messages.get(0));
		complete(this.receiver, messages.get(2));
		assertThat(this.failures).isEmpty();
	}

	@Test
	void outageIsSurvivedWhileTheLockHolds() {
		ServiceBusReceivedMessage message = receive(1).get(0);
		this.renewer.register(this.receiver, message);
		this.service.advance(Duration.ofSeconds(12));
		this.service.network.resetAll();
		this.service.network.refuseConnections();
		this.service.advance(Duration.ofSeconds(10));
		this.service.network.heal();
		this.service.advance(Duration.ofMinutes(2));

		complete(this.receiver, message);
		assertThat(this.failures).isEmpty();
	}

	@Test
	void secondRegistrationIsRefused() {
		ServiceBusReceivedMessage message = receive(1).get(0);
		LockRenewal renewal = this.renewer.register(this.receiver, message);
		assertThatIllegalStateException().isThrownBy(() -> this.renewer.register(this.receiver, message))
			.withMessageContaining("already");
		renewal.close();
		this.service.run();
		assertThat(this.renewer.register(this.receiver, message).isActive()).isTrue();
	}

	@Test
	void whatCannotBeRenewedIsRefused() {
		ServiceBusReceivedMessage settled = receive(1).get(0);
		complete(this.receiver, settled);
		LockRenewal late = this.renewer.register(this.receiver, settled);
		this.service.run();
		assertThat(late.isActive()).isFalse();
		assertThat(this.failures).singleElement()
			.satisfies((failure) -> assertThat(failure).hasMessageContaining("settled"));

		this.service.send("orders", "peeked");
		ServiceBusReceivedMessage peeked = this.service.await(this.receiver.peekAsync(1, 0)).get(0);
		assertThatIllegalArgumentException().isThrownBy(() -> this.renewer.register(this.receiver, peeked));
		ServiceBusReceiver deleting = this.service.client
			.receiver(ReceiverOptions.queue("orders").withReceiveMode(ReceiveMode.RECEIVE_AND_DELETE));
		ServiceBusReceivedMessage deleted = this.service.await(deleting.receiveAsync(1, WAIT)).get(0);
		assertThatIllegalArgumentException().isThrownBy(() -> this.renewer.register(deleting, deleted));
	}

	@Test
	void receiverThatRenewsItselfRefuses() {
		this.service.send("orders", "a");
		ServiceBusReceiver renewing = this.service.client
			.receiver(ReceiverOptions.queue("orders").withMaxLockRenewal(Duration.ofMinutes(1)));
		ServiceBusReceivedMessage message = this.service.await(renewing.receiveAsync(1, WAIT)).get(0);
		assertThatIllegalStateException().isThrownBy(() -> this.renewer.register(renewing, message));
	}

	@Test
	void deferredMessageIsHeldToo() {
		ServiceBusReceivedMessage message = receive(1).get(0);
		this.service.await(this.receiver.settleAsync(message, new Disposition.Defer(Map.of())));
		ServiceBusReceivedMessage deferred = this.service
			.await(this.receiver.receiveDeferredAsync(List.of(message.sequenceNumber())))
			.get(0);
		this.renewer.register(this.receiver, deferred);
		this.service.advance(Duration.ofMinutes(3));
		complete(this.receiver, deferred);
		assertThat(this.service.emulator.queue("orders").messages()).isEmpty();
	}

	@Test
	void sessionIsHeldUntilItsReceiverIsClosed() {
		SessionReceiver session = acceptSession();
		LockRenewal renewal = this.renewer.register(session.session());
		this.service.advance(Duration.ofMinutes(4));
		this.service.await(session.session().setStateAsStringAsync("mine"));

		session.close();
		this.service.run();
		assertThat(renewal.isActive()).isFalse();
		assertThat(this.failures).isEmpty();
		assertThat(this.service.await(acceptSession().session().getStateAsStringAsync())).isEqualTo("mine");
	}

	@Test
	void sessionIsLostWhenTheMaximumIsOver() {
		SessionReceiver session = acceptSession();
		this.renewer.register(session.session(),
				LockRenewalOptions.DEFAULTS.withMaxDuration(Duration.ofMinutes(1)).withOnFailure(this.failures::add));
		this.service.advance(Duration.ofMinutes(2));

		assertThat(session.session().autoRenewError()).isInstanceOf(AutoLockRenewTimeoutException.class);
		assertThat(this.failures).containsExactly(session.session().autoRenewError());
		assertThatExceptionOfType(SessionLockLostException.class)
			.isThrownBy(() -> this.service.await(session.session().getStateAsync()));
	}

	@Test
	void closedRenewerRenewsNothing() {
		ServiceBusReceivedMessage message = receive(1).get(0);
		LockRenewal renewal = this.renewer.register(this.receiver, message);
		this.renewer.close();
		this.service.advance(Duration.ofMinutes(1));

		assertThat(renewal.isActive()).isFalse();
		assertThatExceptionOfType(MessageLockLostException.class).isThrownBy(() -> complete(this.receiver, message));
		assertThatIllegalStateException().isThrownBy(() -> this.renewer.register(this.receiver, message));
	}

	private List<ServiceBusReceivedMessage> receive(int count) {
		List<ServiceBusMessage> messages = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			messages.add(ServiceBusMessage.of("m" + i));
		}
		this.service.await(this.service.client.sender("orders").sendAsync(messages));
		List<ServiceBusReceivedMessage> received = this.service.await(this.receiver.receiveAsync(count, WAIT));
		assertThat(received).hasSize(count);
		return received;
	}

	private void complete(ServiceBusReceiver from, ServiceBusReceivedMessage message) {
		this.service.await(from.completeAsync(message));
	}

	private SessionReceiver acceptSession() {
		return this.service.await(this.service.client.acceptSessionAsync(ReceiverOptions.queue("sessions"), "s1"));
	}

}
