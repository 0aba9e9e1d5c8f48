package dev.servicebus.boot.autoconfigure.listener;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.client.ServiceBusSession;
import dev.servicebus.converter.ServiceBusHeaders;
import dev.servicebus.emulator.StoredMessage;
import dev.servicebus.emulator.store.MessageState;
import dev.servicebus.listener.MessageLock;
import dev.servicebus.listener.SessionContext;
import dev.servicebus.listener.SessionState;
import dev.servicebus.listener.Settlement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.messaging.handler.annotation.Header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What methods of listeners may do through their arguments, in an application with the
 * emulator.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HandleFeaturesTests {

	private final ListenerApplication application = ListenerApplication.of(Listeners.class)
		.with("servicebus.emulator.queues.baskets.requires-session=true");

	@Test
	void settlementOfTheMethodStands() {
		this.application.run((application) -> {
			application.send("by-hand", "complete", "dead-letter", "defer");
			assertThat(application.deadLetter("by-hand")).satisfies((message) -> {
				assertThat(message.bodyAsString()).isEqualTo("dead-letter");
				assertThat(message.deadLetterReason()).isEqualTo("rejected");
				assertThat(message.deadLetterErrorDescription()).isEqualTo("by hand");
			});
			application.awaitMessages("by-hand", 1);
			await().untilAsserted(() -> assertThat(application.messages("by-hand")).singleElement()
				.extracting(StoredMessage::bodyAsString, StoredMessage::state)
				.containsExactly("defer", MessageState.DEFERRED));
		});
	}

	@Test
	void settlementMayComeAfterTheMethod() {
		this.application.run((application) -> {
			application.send("later", "x");
			Settlement settlement = (Settlement) application.nextCall().get(0);
			assertThat(application.messages("later")).singleElement().matches(StoredMessage::isLocked);
			settlement.complete();
			application.awaitCompleted("later");
		});
	}

	@Test
	void abandonedMessageComesAgain() {
		this.application.run((application) -> {
			application.send("abandoned", "x");
			assertThat(application.nextCall()).containsExactly(0L);
			assertThat(application.nextCall()).containsExactly(1L);
			application.awaitCompleted("abandoned");
		});
	}

	@Test
	void lockOfTheMessageCanBeRenewed() {
		this.application.run((application) -> {
			application.send("locked", "x");
			MessageLock lock = (MessageLock) application.nextCall().get(0);
			assertThat(lock.isLost()).isFalse();
			StoredMessage before = application.messages("locked").get(0);
			application.emulator().clock().advance(Duration.ofSeconds(5));
			assertThat(lock.renew().toInstant()).isAfterOrEqualTo(before.lockedUntil().plusSeconds(5))
				.isEqualTo(application.messages("locked").get(0).lockedUntil());
			application.bean(Listeners.class).end.complete(null);
			application.awaitCompleted("locked");
		});
	}

	@Test
	void sessionIsAnArgumentWithItsStateAndMayBeGivenBack() {
		this.application.run((application) -> {
			application.to("baskets").sessionId("s1").body("apple").send();
			application.to("baskets").sessionId("s1").body("pear").send();
			assertThat(application.nextCall()).containsExactly("s1", "s1", null);
			assertThat(application.nextCall()).containsExactly("s1", "s1", List.of("apple"));
			application.awaitCompleted("baskets");
			assertThat(application.emulator().queue("baskets").sessions()).singleElement()
				.satisfies((session) -> assertThat(session.state()).asString().isEqualTo("[\"pear\"]"));
		});
	}

	static class Listeners {

		private final CompletableFuture<Void> end = new CompletableFuture<>();

		private final Calls calls;

		Listeners(Calls calls) {
			this.calls = calls;
		}

		@ServiceBusListener(queue = "by-hand", settlement = "manual")
		void byHand(String what, Settlement settlement) {
			switch (what) {
				case "complete" -> settlement.complete();
				case "defer" -> settlement.defer();
				default -> settlement.deadLetter("rejected", "by hand");
			}
		}

		@ServiceBusListener(queue = "later", settlement = "manual")
		void later(Settlement settlement) {
			this.calls.add(settlement);
		}

		@ServiceBusListener(queue = "abandoned")
		void abandoned(Settlement settlement, @Header(ServiceBusHeaders.DELIVERY_COUNT) long deliveries) {
			this.calls.add(deliveries);
			if (deliveries == 0) {
				settlement.abandon();
			}
		}

		@ServiceBusListener(queue = "locked")
		CompletableFuture<Void> locked(MessageLock lock) {
			this.calls.add(lock);
			return this.end;
		}

		@ServiceBusListener(queue = "baskets", sessions = "true")
		void basket(String item, ServiceBusSession session, SessionContext context, SessionState<List<String>> state) {
			this.calls.add(session.sessionId(), context.session().sessionId(), state.get());
			state.set(List.of(item));
			context.release();
		}

	}

}
