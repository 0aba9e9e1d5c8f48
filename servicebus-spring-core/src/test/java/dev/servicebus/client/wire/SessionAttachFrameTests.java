package dev.servicebus.client.wire;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.SessionReceiver;
import org.apache.qpid.protonj2.test.driver.codec.transport.Detach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a session is asked for, and given back: sections 3.4 and 3.6 of the protocol.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SessionAttachFrameTests {

	@AutoClose
	private final ScriptedService service = ScriptedService.start();

	@Test
	void namedSessionIsAPlainStringInTheFilter() {
		try (SessionReceiver receiver = this.service.client.acceptSession(ReceiverOptions.queue("orders"), "S7")) {
			assertThat(receiver.session().sessionId()).isEqualTo("S7");
		}

		assertThat(this.service.attach("orders")).isEqualTo("""
				attach
				  name: "orders-CLIENT-receiver0"
				  handle: uint 0
				  role: receiver
				  snd-settle-mode: ubyte 0
				  rcv-settle-mode: ubyte 1
				  source: source
				    address: "orders"
				    durable: uint 0
				    expiry-policy: session-end
				    timeout: uint 0
				    filter: map
				      com.microsoft:session-filter: "S7"
				  target: target
				    address: "CLIENT"
				  properties: map
				    com.microsoft:receiver-name: "CLIENT"
				    com.microsoft:timeout: uint 59000
				""");
	}

	@Test
	void emptySessionIdIsASessionIdLikeOthers() {
		this.service.client.acceptSession(ReceiverOptions.queue("orders"), "").close();

		assertThat(this.service.attach("orders")).contains("      com.microsoft:session-filter: \"\"\n");
	}

	@Test
	void nextAvailableSessionIsANullInTheFilterAndMayTakeAsLongAsTheCallerWaits() {
		try (SessionReceiver receiver = this.service.client.acceptNextSession(ReceiverOptions.queue("orders"),
				Duration.ofSeconds(20))) {
			assertThat(receiver.session().sessionId()).isEqualTo(ServiceScript.NEXT_SESSION);
			assertThat(receiver.session().lockedUntil().toInstant()).isEqualTo(ServiceScript.LOCKED_UNTIL);
		}

		assertThat(this.service.attach("orders").replaceAll("uint (19|20)[0-9]{3}\n", "uint WAIT\n")).isEqualTo("""
				attach
				  name: "orders-CLIENT-receiver0"
				  handle: uint 0
				  role: receiver
				  snd-settle-mode: ubyte 0
				  rcv-settle-mode: ubyte 1
				  source: source
				    address: "orders"
				    durable: uint 0
				    expiry-policy: session-end
				    timeout: uint 0
				    filter: map
				      com.microsoft:session-filter: null
				  target: target
				    address: "CLIENT"
				  properties: map
				    com.microsoft:receiver-name: "CLIENT"
				    com.microsoft:timeout: uint WAIT
				""");
	}

	@Test
	void detachAlwaysCloses() {
		this.service.client.acceptSession(ReceiverOptions.queue("orders"), "S7").close();

		assertThat(this.service.only(Detach.class, "orders")).isEqualTo("""
				detach
				  handle: uint 0
				  closed: true
				""");
	}

}
