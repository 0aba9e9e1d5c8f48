package dev.servicebus.amqp.rpc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.Role;
import dev.servicebus.amqp.endpoint.AmqpConnection;
import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.amqp.endpoint.AmqpSession;
import dev.servicebus.amqp.endpoint.IncomingDelivery;
import dev.servicebus.amqp.endpoint.IncomingLink;
import dev.servicebus.amqp.endpoint.ReceiverLink;
import dev.servicebus.amqp.endpoint.SenderLink;
import dev.servicebus.amqp.endpoint.SessionListener;
import dev.servicebus.amqp.engine.LoopbackPeers;
import dev.servicebus.amqp.message.AmqpMessage;
import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.message.MessageBody;
import dev.servicebus.amqp.message.Properties;
import dev.servicebus.amqp.rpc.RequestFailure.Kind;
import dev.servicebus.amqp.simulation.SimulatedNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class RequestLinkTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final RequestNode NODE = new RequestNode("$node", "pair", "reply-1", Map.of());

	private final LoopbackPeers peers = new LoopbackPeers(SimulatedNetwork.seeded(3));

	private final Responder responder = new Responder();

	private final List<AmqpLink.LinkEnd> closed = new ArrayList<>();

	private final List<Object> responses = new ArrayList<>();

	private final List<RequestFailure> failures = new ArrayList<>();

	private AmqpConnection connection;

	private RequestLink link;

	@BeforeEach
	void attach() {
		this.peers.onAttach = this.responder;
		this.connection = this.peers.connect();
		AmqpSession session = this.connection.beginSession(new SessionListener() {
		});
		this.peers.onClient(() -> this.link = RequestLink.attach(session, NODE, new RequestLink.Listener() {
			@Override
			public void onOpened(RequestLink opened) {
			}

			@Override
			public void onClosed(RequestLink ended, AmqpLink.LinkEnd end) {
				RequestLinkTests.this.closed.add(end);
			}
		}));
	}

	@Test
	void responsesFindTheirRequestsInAnyOrder() {
		request("a");
		request("b");
		this.peers.onServer(() -> {
			this.responder.answer(1);
			this.responder.answer(0);
		});
		assertThat(this.responses).containsExactly("b!", "a!");
		assertThat(this.link.pending()).isZero();
	}

	@Test
	void requestWithoutResponseEndsAtItsLimit() {
		request("a");
		this.peers.network.time().advance(LIMIT);

		assertThat(this.failures).singleElement().satisfies((failure) -> {
			assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
			assertThat(failure.sent()).isTrue();
		});
		this.peers.onServer(() -> this.responder.answer(0));
		assertThat(this.responses).as("late answers are ignored").isEmpty();
		assertThat(this.link.pending()).isZero();
	}

	@Test
	void losingOneHalfClosesTheOtherAndEndsEveryRequest() {
		request("a");
		request("b");
		this.peers.onServer(() -> this.responder.toClient.close(LoopbackPeers.error("amqp:link:detach-forced")));

		assertThat(this.failures).hasSize(2).allSatisfy((failure) -> {
			assertThat(failure.kind()).isEqualTo(Kind.LINK_LOST);
			assertThat(failure.sent()).isTrue();
		});
		assertThat(this.closed).hasSize(1);
		assertThat(this.responder.fromClient.isOpen()).isFalse();
	}

	@Test
	void requestAfterTheEndFailsAtOnce() {
		this.peers.onClient(this.link::close);
		request("a");

		assertThat(this.failures).singleElement().satisfies((failure) -> assertThat(failure.sent()).isFalse());
	}

	@Test
	void lostConnectionEndsEveryRequest() {
		request("a");
		this.peers.network.resetAll();
		this.peers.run();

		assertThat(this.failures).singleElement()
			.satisfies((failure) -> assertThat(failure.kind()).isEqualTo(Kind.LINK_LOST));
	}

	@Test
	void manyRequestsGetThroughASmallWindow() {
		for (int i = 0; i < 1_000; i++) {
			request("r" + i);
		}
		assertThat(this.responder.requests).hasSizeLessThan(1_000);
		for (int i = 0; i < 1_000; i++) {
			int index = i;
			this.peers.onServer(() -> this.responder.answer(index));
		}
		assertThat(this.responses).hasSize(1_000).contains("r0!", "r999!");
		assertThat(this.failures).isEmpty();
	}

	private void request(String text) {
		this.peers.onClient(() -> this.link.request(AmqpMessage.builder().value(text).build(), null, LIMIT,
				new RequestLink.ResponseHandler() {
					@Override
					public void onResponse(EncodedMessage response) {
						RequestLinkTests.this.responses.add(valueOf(response));
					}

					@Override
					public void onFailure(RequestFailure failure) {
						RequestLinkTests.this.failures.add(failure);
					}
				}));
	}

	private static Object valueOf(EncodedMessage message) {
		return ((MessageBody.Value) message.body()).value();
	}

	/**
	 * Keeps requests until the test has them answered.
	 */
	private static final class Responder implements Consumer<IncomingLink>, ReceiverLink.Listener, SenderLink.Listener {

		private final List<EncodedMessage> requests = new ArrayList<>();

		private SenderLink toClient;

		private ReceiverLink fromClient;

		@Override
		public void accept(IncomingLink incoming) {
			if (incoming.role() == Role.SENDER) {
				this.toClient = incoming.acceptSender(incoming.attach(), this);
			}
			else {
				this.fromClient = incoming.acceptReceiver(incoming.attach(), this);
				this.fromClient.addCredit(1_000);
			}
		}

		void answer(int index) {
			EncodedMessage request = this.requests.get(index);
			byte[] response = AmqpMessage.builder()
				.properties(Properties.builder().correlationId(request.properties().messageId()).build())
				.value(valueOf(request) + "!")
				.build()
				.encode();
			this.toClient.send(new byte[] { (byte) (index >> 8), (byte) index }, 0, response, 0, response.length, true,
					null, null);
		}

		@Override
		public void onDelivery(ReceiverLink receiver, IncomingDelivery delivery) {
			this.requests.add(EncodedMessage.of(delivery.payload()));
			delivery.settle(DeliveryState.Accepted.INSTANCE);
		}

		@Override
		public void onClosed(AmqpLink ended, AmqpLink.LinkEnd end) {
		}

	}

}
