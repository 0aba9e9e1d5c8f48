package dev.servicebus.client.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.SessionReceiver;
import org.apache.qpid.protonj2.test.driver.codec.primitives.Binary;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests about a session, which name the session and the link that holds it: sections
 * 6.4, 6.5, 6.6, 6.9 and 6.11 of the protocol.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SessionManagementFrameTests {

	@AutoClose
	private final ScriptedService service = ScriptedService.start();

	private SessionReceiver receiver;

	@BeforeEach
	void accept() {
		this.receiver = this.service.client.acceptSession(ReceiverOptions.queue("orders"), "S7");
	}

	@Test
	void renewalNamesTheSession() {
		this.service.answers("renew-session-lock",
				Map.of("expiration", Date.from(Instant.parse("2099-02-02T02:02:02Z"))));

		assertThat(this.receiver.session().renewLock()).isEqualTo(OffsetDateTime.parse("2099-02-02T02:02:02Z"));
		assertRequest("renew-session-lock", """
				  "session-id": "S7"
				""");
	}

	@Test
	void stateIsRead() {
		this.service.answers("get-session-state",
				Map.of("session-state", new Binary("half way".getBytes(StandardCharsets.UTF_8))));

		assertThat(this.receiver.session().getStateAsString()).isEqualTo("half way");
		assertRequest("get-session-state", """
				  "session-id": "S7"
				""");
	}

	@Test
	void stateThatIsNotThereIsNull() {
		this.service.answers("get-session-state", Collections.singletonMap("session-state", null));

		assertThat(this.receiver.session().getState()).isNull();
	}

	@Test
	void stateIsWrittenAsBinary() {
		this.receiver.session().setStateAsString("half way");

		assertRequest("set-session-state", """
				  "session-id": "S7"
				  "session-state": binary "half way"
				""");
	}

	@Test
	void stateIsClearedByANullThatIsThere() {
		this.receiver.session().setState(null);

		assertRequest("set-session-state", """
				  "session-id": "S7"
				  "session-state": null
				""");
	}

	@Test
	void sessionsInUseAreListedInPages() {
		this.service.answers("get-message-sessions", Map.of("skip", 2, "sessions-ids", List.of("S7", "S8")));

		assertThat(this.service.client.listSessions(ReceiverOptions.queue("orders"))).containsExactly("S7", "S8");
		this.service.assertRequest("orders", "get-message-sessions", """
				map
				  "last-updated-time": timestamp 9999-12-31T23:59:59.999Z
				  "skip": int 0
				  "top": int 100
				""");
	}

	@Test
	void noSessionMayBeToldInTwoWays() {
		this.service.script.answers("com.microsoft:get-message-sessions", Answer.of(204));
		assertThat(this.service.client.listSessions(ReceiverOptions.queue("orders"))).isEmpty();
		this.service.script.answers("com.microsoft:get-message-sessions",
				Answer.error(404, "com.microsoft:session-not-found"));
		assertThat(this.service.client.listSessions(ReceiverOptions.queue("orders"))).isEmpty();
	}

	@Test
	void peekLooksAtTheSessionOnly() {
		this.receiver.peek(3, 1);

		assertRequest("peek-message", """
				  "from-sequence-number": long 1
				  "message-count": int 3
				  "session-id": "S7"
				""");
	}

	@Test
	void deferredMessageIsReceivedAndSettledInItsSession() {
		this.service.answers("receive-by-sequence-number", Messages
			.list(Map.of("message", new Binary(Messages.minimal()), "lock-token", ServiceScript.lockToken(9))));
		this.receiver.complete(this.receiver.receiveDeferred(List.of(42L)).get(0));

		assertRequest("receive-by-sequence-number", """
				  "receiver-settle-mode": uint 1
				  "sequence-numbers": array
				    -: long 42
				  "session-id": "S7"
				""");
		assertRequest("update-disposition", """
				  "disposition-status": "completed"
				  "lock-tokens": array
				    -: uuid 33221100-5544-7766-8899-aabbccddee09
				  "session-id": "S7"
				""");
	}

	private void assertRequest(String operation, String body) {
		assertThat(this.service.request("orders", operation)).isEqualTo("""
				application-properties: map
				  "associated-link-name": "orders-CLIENT-receiver0"
				  "com.microsoft:server-timeout": uint 59000
				  "operation": "com.microsoft:%s"
				amqp-value: map
				%s""".formatted(operation, body));
	}

}
