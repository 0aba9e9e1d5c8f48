package dev.servicebus.client.amqp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.emulator.FrameTap;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.frame.Frame;
import dev.servicebus.message.ServiceBusMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client keeps when there is no end of the entities that it sends to.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ManySendersTests {

	private final SimulatedService service = SimulatedService.of(1, ServiceBusEmulator.builder().autoCreate());

	private final AtomicInteger attached = new AtomicInteger();

	private final AtomicInteger tokens = new AtomicInteger();

	private FrameTap tap;

	@BeforeEach
	void watch() {
		this.tap = this.service.emulator.frames().tap(this::note);
	}

	@AfterEach
	void close() {
		this.tap.close();
		this.service.close();
	}

	private void note(Frame frame) {
		if (frame.isFromClient("attach")) {
			this.attached.incrementAndGet();
		}
		else if (frame.isFromClient("detach")) {
			this.attached.decrementAndGet();
		}
		else if (frame.isFromClient("transfer")
				&& new String(frame.payload(), StandardCharsets.ISO_8859_1).contains("put-token")) {
			this.tokens.incrementAndGet();
		}
	}

	@Test
	void sendersThatWereNotUsedForLongestAreForgotten() {
		ServiceBusSender first = sendTo(0);
		int others = this.attached.get() - 1;
		for (int number = 1; number < Senders.MAX_KEPT; number++) {
			sendTo(number);
		}
		assertThat(this.attached.get() - others).isEqualTo(Senders.MAX_KEPT);
		assertThat(this.service.client.sender("queue-0")).isSameAs(first);
		sendTo(Senders.MAX_KEPT);
		assertThat(this.attached.get() - others).isEqualTo(Senders.MAX_KEPT * 3 / 4);
		ServiceBusSender last = this.service.client.sender("queue-" + (Senders.MAX_KEPT - 1));
		assertThat(this.service.client.sender("queue-" + (Senders.MAX_KEPT - 1))).isSameAs(last);
		assertThat(this.service.client.sender("queue-0")).isNotSameAs(first);
	}

	@Test
	void senderThatIsStillHeldGoesOnSendingAndEndsWithTheClient() {
		ServiceBusSender held = sendTo(0);
		for (int number = 1; number <= Senders.MAX_KEPT; number++) {
			sendTo(number);
		}
		this.service.await(held.sendAsync(ServiceBusMessage.of("again")));
		assertThat(this.service.emulator.queue("queue-0").messages()).hasSize(2);
		CompletableFuture<Void> underWay = held.sendAsync(ServiceBusMessage.of("at the end"));
		this.service.client.close();
		this.service.await(underWay);
		assertThat(this.service.emulator.queue("queue-0").messages()).hasSize(3);
	}

	@Test
	void rightsThatNoLinkNeedsAreNotRenewed() {
		ServiceBusSender sender = sendTo(0);
		sendTo(1);
		int claimed = this.tokens.get();
		sender.close();
		this.service.advance(Duration.ofHours(2));
		int renewedInTwoHours = this.tokens.get() - claimed;
		this.service.client.sender("queue-1").close();
		this.service.advance(Duration.ofHours(2));
		int renewedForNobody = this.tokens.get() - claimed - renewedInTwoHours;
		assertThat(claimed).isEqualTo(2);
		assertThat(renewedInTwoHours).as("renewals for the second queue only").isBetween(1, 3);
		assertThat(renewedForNobody).isZero();
		sendTo(0);
		assertThat(this.tokens.get()).as("claimed anew").isEqualTo(claimed + renewedInTwoHours + 1);
	}

	private ServiceBusSender sendTo(int number) {
		ServiceBusSender sender = this.service.client.sender("queue-" + number);
		this.service.await(sender.sendAsync(ServiceBusMessage.of("to " + number)));
		return sender;
	}

}
