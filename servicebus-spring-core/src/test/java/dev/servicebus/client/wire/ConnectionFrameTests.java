package dev.servicebus.client.wire;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.servicebus.client.ServiceBusAuthenticationException;
import dev.servicebus.message.ServiceBusMessage;
import org.apache.qpid.protonj2.test.driver.codec.security.SaslInit;
import org.apache.qpid.protonj2.test.driver.codec.transport.Attach;
import org.apache.qpid.protonj2.test.driver.codec.transport.Begin;
import org.apache.qpid.protonj2.test.driver.codec.transport.Close;
import org.apache.qpid.protonj2.test.driver.codec.transport.Flow;
import org.apache.qpid.protonj2.test.driver.codec.transport.Open;
import org.apache.qpid.protonj2.test.driver.codec.transport.Transfer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

/**
 * How a connection begins: sections 1.3, 1.4, 2.2, 2.4 and 2.5 of the protocol.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ConnectionFrameTests {

	@AutoClose
	private final ScriptedService service = ScriptedService.start();

	@Test
	void anonymousIsChosenAmongTheMechanisms() {
		send();

		assertThat(this.service.only(SaslInit.class, "")).isEqualTo("""
				sasl-init
				  mechanism: ANONYMOUS
				""");
	}

	@Test
	void openNamesTheNamespaceAndTheProgram() {
		send();

		assertThat(this.service.only(Open.class, "")).isEqualTo("""
				open
				  container-id: "servicebus-spring-CLIENT"
				  hostname: "localhost"
				  max-frame-size: uint 65536
				  channel-max: ushort 255
				  idle-time-out: uint 30000
				  properties: map
				    product: "servicebus-spring"
				    user-agent: "shop servicebus-spring"
				""");
	}

	@Test
	void linksOfEntitiesShareASessionBesideThatOfTheTokens() {
		send();
		this.service.client.sender("invoices").send(ServiceBusMessage.of("hello"));

		assertThat(this.service.all(Begin.class, "")).hasSize(2).containsOnly("""
				begin
				  next-outgoing-id: uint 1
				  incoming-window: uint 2048
				  outgoing-window: uint 2147483647
				  handle-max: uint 65535
				""");
	}

	@Test
	void tokenNodeIsAttachedAsAPairOfLinks() {
		send();

		assertThat(this.service.all(Attach.class, "$cbs")).containsExactly("""
				attach
				  name: "cbs-0:sender"
				  handle: uint 0
				  role: sender
				  snd-settle-mode: ubyte 0
				  rcv-settle-mode: ubyte 0
				  source: source
				    address: "cbs-reply-0"
				  target: target
				    address: "$cbs"
				  initial-delivery-count: uint 0
				""", """
				attach
				  name: "cbs-0:receiver"
				  handle: uint 1
				  role: receiver
				  snd-settle-mode: ubyte 1
				  rcv-settle-mode: ubyte 0
				  source: source
				    address: "$cbs"
				  target: target
				    address: "cbs-reply-0"
				""");
		assertThat(this.service.all(Flow.class, "$cbs").get(0)).endsWith("""
				  handle: uint 1
				  link-credit: uint 200
				""");
	}

	@Test
	void sharedAccessSignatureIsPutForTheEntity() {
		send();

		String token = this.service.transfer("$cbs");
		assertThat(token.replaceAll("sig=[^&]+&se=[0-9]+", "sig=SIG&se=EXPIRY")
			.replaceAll("timestamp .*", "timestamp EXPIRY")).isEqualTo("""
					transfer
					  handle: uint 0
					  delivery-id: uint 0
					  delivery-tag: binary 0000000000000001
					  message-format: uint 0
					properties
					  message-id: ulong 1
					  reply-to: "cbs-reply-0"
					application-properties: map
					  "expiration": timestamp EXPIRY
					  "name": "amqp://localhost/orders"
					  "operation": "put-token"
					  "type": "servicebus.windows.net:sastoken"
					amqp-value: "SharedAccessSignature sr=amqp%3A%2F%2Flocalhost%2Forders&sig=SIG&se=EXPIRY\
					&skn=RootManageSharedAccessKey"
					""");
		Instant expiration = Instant.parse(token.replaceAll("(?s).*timestamp (\\S+).*", "$1"));
		assertThat(token).contains("&se=" + expiration.getEpochSecond() + "&");
		assertThat(Duration.between(InstantSource.system().instant(), expiration)).isCloseTo(Duration.ofHours(1),
				Duration.ofMinutes(1));
	}

	@Test
	void entityGetsOneTokenForAllItsLinks() {
		send();
		this.service.answers("schedule-message", Map.of("sequence-numbers", new Long[] { 5L }));
		this.service.client.sender("orders")
			.schedule(ServiceBusMessage.of("later"), OffsetDateTime.parse("2099-01-01T00:00:00Z"));
		this.service.client.sender("invoices").send(ServiceBusMessage.of("hello"));

		assertThat(this.service.all(Transfer.class, "$cbs")).hasSize(2)
			.satisfiesExactly((orders) -> assertThat(orders).contains("\"name\": \"amqp://localhost/orders\""),
					(invoices) -> assertThat(invoices).contains("message-id: ulong 2",
							"\"name\": \"amqp://localhost/invoices\""));
	}

	@Test
	void refusedTokenIsAFailureOfAuthentication() {
		this.service.script.tokensGet(401);

		assertThatExceptionOfType(ServiceBusAuthenticationException.class).isThrownBy(this::send);
		assertThat(this.service.all(Attach.class, "orders")).isEmpty();
	}

	@Test
	void closeEndsTheConnectionWithoutAnError() {
		send();
		this.service.client.close();

		assertThat(this.service.only(Close.class, "")).isEqualTo("""
				close
				""");
	}

	private void send() {
		this.service.client.sender("orders").send(ServiceBusMessage.of("hello"));
	}

}
