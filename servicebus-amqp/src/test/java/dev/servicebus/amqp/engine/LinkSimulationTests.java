package dev.servicebus.amqp.engine;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.Attach;
import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.ErrorCondition;
import dev.servicebus.amqp.ReceiverSettleMode;
import dev.servicebus.amqp.Role;
import dev.servicebus.amqp.SenderSettleMode;
import dev.servicebus.amqp.Terminus;
import dev.servicebus.amqp.endpoint.AmqpConnection;
import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.amqp.endpoint.AmqpLink.LinkEnd;
import dev.servicebus.amqp.endpoint.AmqpSession;
import dev.servicebus.amqp.endpoint.OutgoingDelivery;
import dev.servicebus.amqp.endpoint.ReceiverLink;
import dev.servicebus.amqp.endpoint.SenderLink;
import dev.servicebus.amqp.endpoint.SessionListener;
import dev.servicebus.amqp.simulation.SimulatedNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class LinkSimulationTests {

	private static final Attach PEEK_LOCK = Attach.receiver("r", Terminus.Source.of("queue"), new Terminus.Target("me"),
			SenderSettleMode.UNSETTLED, ReceiverSettleMode.SECOND);

	private final LoopbackPeers peers = new LoopbackPeers(SimulatedNetwork.seeded(7));

	private AmqpConnection connection;

	private AmqpSession session;

	@BeforeEach
	void connect() {
		this.connection = this.peers.connect();
		this.session = this.connection.beginSession(new SessionListener() {
		});
		this.peers.run();
		assertThat(this.peers.events.connectionOpened).isOne();
	}

	@Test
	void messageIsSentAndItsOutcomeComesBack() {
		SenderLink sender = attachSender();
		assertThat(sender.credit()).isEqualTo(100);
		send(sender, "hello");

		assertThat(received(this.peers.serverEvents)).containsExactly("hello");
		this.peers.onServer(() -> this.peers.serverEvents.deliveries.get(0).settle(DeliveryState.Accepted.INSTANCE));
		assertThat(this.peers.events.outcomes).containsExactly(DeliveryState.Accepted.INSTANCE);
		assertThat(sender.credit()).isEqualTo(99);
	}

	@Test
	void peekLockIsSettledInTwoSteps() {
		ReceiverLink receiver = attachReceiver();
		this.peers.onClient(() -> receiver.addCredit(2));
		SenderLink serverSide = (SenderLink) this.peers.serverEvents.opened.stream().findFirst().orElse(null);
		assertThat(serverSide).as("accepted links are not reported as opened").isNull();
		SenderLink broker = this.brokerSender;
		this.peers.onServer(() -> {
			byte[] payload = "m".getBytes(StandardCharsets.UTF_8);
			broker.send(new byte[] { 1 }, 0, payload, 0, payload.length, false, null, null);
		});
		assertThat(received(this.peers.events)).containsExactly("m");

		this.peers.onClient(() -> this.peers.events.deliveries.get(0).propose(DeliveryState.Accepted.INSTANCE));
		assertThat(this.peers.serverEvents.outcomes).containsExactly(DeliveryState.Accepted.INSTANCE);
		assertThat(this.peers.events.outcomes).isEmpty();

		this.peers.onServer(() -> this.outgoing.settle(DeliveryState.Accepted.INSTANCE));
		assertThat(this.peers.events.outcomes).containsExactly(DeliveryState.Accepted.INSTANCE);
	}

	private SenderLink brokerSender;

	private OutgoingDelivery outgoing;

	private ReceiverLink attachReceiver() {
		this.peers.onAttach = (link) -> this.brokerSender = link.acceptSender(link.attach(), new SenderLink.Listener() {
			@Override
			public void onDisposition(SenderLink sender, OutgoingDelivery delivery, DeliveryState state,
					boolean settled) {
				LinkSimulationTests.this.outgoing = delivery;
				LinkSimulationTests.this.peers.serverEvents.onDisposition(sender, delivery, state, settled);
			}

			@Override
			public void onCredit(SenderLink sender) {
				LinkSimulationTests.this.peers.serverEvents.onCredit(sender);
			}

			@Override
			public void onClosed(AmqpLink link, LinkEnd end) {
				LinkSimulationTests.this.peers.serverEvents.onClosed(link, end);
			}
		});
		ReceiverLink receiver = this.session.attachReceiver(PEEK_LOCK, this.peers.events);
		this.peers.run();
		assertThat(receiver.isOpen()).isTrue();
		return receiver;
	}

	@Test
	void refusedLinkEndsWithTheReason() {
		this.peers.onAttach = (link) -> link.refuse(LoopbackPeers.error("amqp:not-found"));
		this.session.attachSender(LoopbackPeers.attach("s"), this.peers.events);
		this.peers.run();

		assertThat(this.peers.events.opened).isEmpty();
		assertThat(this.peers.events.ended).singleElement().satisfies((end) -> {
			assertThat(end.cause()).isEqualTo(LinkEnd.Cause.REFUSED);
			assertThat(end.error().condition()).isEqualTo(ErrorCondition.NOT_FOUND);
		});
	}

	@Test
	void attachMayBeAnsweredLater() {
		this.peers.onAttach = (link) -> {
		};
		SenderLink sender = this.session.attachSender(LoopbackPeers.attach("s"), this.peers.events);
		this.peers.run();
		assertThat(sender.isOpen()).isFalse();

		this.peers.onServer(() -> this.peers.acceptAsIs(this.peers.attaches.get(0)));
		assertThat(sender.isOpen()).isTrue();
	}

	@Test
	void abandonedAttachIsReportedToWhoeverHoldsIt() {
		boolean[] abandoned = new boolean[1];
		this.peers.onAttach = (link) -> link.onAbandoned(() -> abandoned[0] = true);
		SenderLink sender = this.session.attachSender(LoopbackPeers.attach("s"), this.peers.events);
		this.peers.run();
		this.peers.onClient(() -> sender.close(null));

		assertThat(abandoned[0]).isTrue();
		assertThat(this.peers.events.ended).singleElement().extracting(LinkEnd::cause).isEqualTo(LinkEnd.Cause.LOCAL);
	}

	@Test
	void abandonedAttachIsAnsweredOnEverySession() {
		this.peers.onAttach = (link) -> link.onAbandoned(() -> {
		});
		abandonAttach(this.session);
		AmqpSession second = beginSession();
		abandonAttach(second);
		this.peers.onClient(() -> second.end(null));
		AmqpSession onTheSameChannel = beginSession();
		abandonAttach(onTheSameChannel);

		assertThat(this.peers.events.ended).extracting(LinkEnd::cause)
			.containsExactly(LinkEnd.Cause.LOCAL, LinkEnd.Cause.LOCAL, LinkEnd.Cause.LOCAL);
	}

	private AmqpSession beginSession() {
		AmqpSession begun = this.connection.beginSession(new SessionListener() {
		});
		this.peers.run();
		return begun;
	}

	private void abandonAttach(AmqpSession on) {
		SenderLink sender = on.attachSender(LoopbackPeers.attach("s"), this.peers.events);
		this.peers.run();
		this.peers.onClient(() -> sender.close(null));
	}

	@Test
	void drainIsAnsweredWithAndWithoutCredit() {
		ReceiverLink receiver = attachReceiver();
		this.peers.onClient(() -> {
			receiver.addCredit(5);
			receiver.drain();
		});
		assertThat(this.peers.serverEvents.drainRequests).isOne();
		assertThat(this.peers.events.drained).isOne();
		assertThat(receiver.credit()).isZero();

		this.peers.onClient(receiver::drain);
		assertThat(this.peers.events.drained).isEqualTo(2);

		this.peers.onClient(() -> receiver.addCredit(3));
		assertThat(this.brokerSender.credit()).isEqualTo(3);
	}

	@Test
	void peerTellsTheStateOfALinkWhenAskedUnlessADrainAsksAlready() {
		ReceiverLink receiver = attachReceiver();
		this.peers.onClient(() -> receiver.addCredit(5));
		int before = this.peers.events.flows;
		this.peers.onClient(receiver::echo);
		assertThat(this.peers.events.flows).isEqualTo(before + 1);
		assertThat(receiver.credit()).isEqualTo(5);
		assertThat(this.brokerSender.credit()).isEqualTo(5);

		this.peers.onClient(() -> {
			receiver.drain();
			receiver.echo();
		});
		assertThat(this.peers.events.flows).isEqualTo(before + 2);
		assertThat(this.peers.events.drained).isOne();
	}

	@Test
	void forgottenLinkIsSilentUntilThePeerDetaches() {
		ReceiverLink receiver = attachReceiver();
		this.peers.onClient(() -> receiver.addCredit(5));
		int before = this.peers.events.flows;
		this.peers.onServer(this.brokerSender::forget);
		assertThat(this.peers.serverEvents.ended).hasSize(1);
		assertThat(this.peers.events.ended).isEmpty();

		this.peers.onClient(receiver::echo);
		this.peers.onClient(receiver::drain);
		assertThat(this.peers.events.flows).isEqualTo(before);
		assertThat(this.peers.events.drained).isZero();

		this.peers.onClient(() -> receiver.close(null));
		assertThat(this.peers.events.ended).extracting(LinkEnd::cause).containsExactly(LinkEnd.Cause.LOCAL);
		assertThat(this.peers.serverEvents.ended).hasSize(1);
		assertThat(this.connection.isOpen()).isTrue();
	}

	@Test
	void forgottenLinkTakesNoMessages() {
		SenderLink sender = attachSender();
		this.peers.onServer(this.brokerReceiver::forget);
		send(sender, "lost");
		assertThat(this.peers.serverEvents.deliveries).isEmpty();
		assertThat(this.peers.events.outcomes).isEmpty();
	}

	@Test
	void messageThatUsesTheCreditUpComesBeforeTheAnswerToADrain() {
		ReceiverLink receiver = attachReceiver();
		this.peers.serverEvents.beforeDrained = (link) -> link.send(new byte[1], 0, new byte[3], 0, 3, true, null,
				null);
		this.peers.onClient(() -> {
			receiver.addCredit(1);
			receiver.drain();
		});
		assertThat(this.peers.events.deliveries).hasSize(1);
		assertThat(this.peers.events.drained).isOne();
		assertThat(receiver.credit()).isZero();
	}

	/** Several flows in one read are seen together, after the last of them. */
	@Test
	void drainThatIsSeenTwiceIsAnsweredWithAllOfTheCredit() {
		ReceiverLink receiver = attachReceiver();
		this.peers.serverEvents.beforeDrained = (link) -> {
			this.peers.serverEvents.beforeDrained = (again) -> {
			};
			link.drained();
			((ProtonSenderLink) link).onFlow();
		};
		this.peers.onClient(() -> {
			receiver.addCredit(1);
			receiver.drain();
		});
		assertThat(this.peers.events.drained).isOne();
		assertThat(receiver.credit()).isZero();
	}

	@Test
	void messageBeyondTheLimitIsRejectedAndTheLinkStays() {
		SenderLink sender = attachSender();
		this.peers.onClient(() -> {
			byte[] payload = new byte[70_000];
			sender.send(new byte[] { 1 }, 0, payload, 0, payload.length, false, null, null);
		});
		assertThat(this.peers.serverEvents.deliveries).isEmpty();
		assertThat(this.peers.events.outcomes).singleElement()
			.isInstanceOfSatisfying(DeliveryState.Rejected.class, (rejected) -> assertThat(rejected.error().condition())
				.isEqualTo(ErrorCondition.MESSAGE_SIZE_EXCEEDED));

		send(sender, "fits");
		assertThat(received(this.peers.serverEvents)).containsExactly("fits");
	}

	@Test
	void messageOfManyFramesArrivesWhole() {
		ReceiverLink receiver = attachReceiver();
		byte[] payload = new byte[300_000];
		new Random(1).nextBytes(payload);
		this.peers.onClient(() -> receiver.addCredit(1));
		this.peers
			.onServer(() -> this.brokerSender.send(new byte[] { 1 }, 0, payload, 0, payload.length, false, null, null));

		assertThat(this.peers.events.deliveries).singleElement()
			.satisfies((delivery) -> assertThat(delivery.payload()).isEqualTo(payload));
	}

	@Test
	void remoteDetachEndsTheLinkAndNothingElse() {
		SenderLink sender = attachSender();
		SenderLink other = this.session.attachSender(LoopbackPeers.attach("other"), this.peers.events);
		this.peers.run();
		this.peers.onServer(() -> this.brokerReceiver.close(LoopbackPeers.error("amqp:link:detach-forced")));

		assertThat(sender.isOpen()).isFalse();
		assertThat(other.isOpen()).isTrue();
		assertThat(this.peers.events.ended).singleElement().satisfies((end) -> {
			assertThat(end.cause()).isEqualTo(LinkEnd.Cause.REMOTE);
			assertThat(end.error().condition()).isEqualTo(ErrorCondition.DETACH_FORCED);
		});
	}

	@Test
	void settlingManyMessagesCostsFewBytes() {
		SenderLink sender = attachSender();
		this.peers.onClient(() -> {
			for (int i = 0; i < 50; i++) {
				sender.send(new byte[] { (byte) i }, 0, new byte[] { 1 }, 0, 1, false, null, null);
			}
		});
		this.peers.onServer(() -> {
			// Out of order on purpose.
			for (int i = 49; i >= 0; i--) {
				this.peers.serverEvents.deliveries.get(i).settle(DeliveryState.Accepted.INSTANCE);
			}
		});
		assertThat(this.peers.events.outcomes).hasSize(50).containsOnly(DeliveryState.Accepted.INSTANCE);
	}

	private ReceiverLink brokerReceiver;

	private SenderLink attachSender() {
		this.peers.onAttach = (link) -> {
			assertThat(link.role()).isEqualTo(Role.RECEIVER);
			ReceiverLink receiver = link.acceptReceiver(link.attach().withMaxMessageSize(1000),
					this.peers.serverEvents);
			receiver.addCredit(100);
			this.brokerReceiver = (this.brokerReceiver != null) ? this.brokerReceiver : receiver;
		};
		SenderLink sender = this.session.attachSender(LoopbackPeers.attach("s"), this.peers.events);
		this.peers.run();
		assertThat(sender.peer().maxMessageSize()).isEqualTo(1000);
		return sender;
	}

	private void send(SenderLink sender, String text) {
		byte[] payload = text.getBytes(StandardCharsets.UTF_8);
		this.peers.onClient(() -> sender.send(new byte[] { 1 }, 0, payload, 0, payload.length, false, null, null));
	}

	private static List<String> received(LoopbackPeers.Events events) {
		return events.deliveries.stream()
			.map((delivery) -> new String(delivery.payload(), StandardCharsets.UTF_8))
			.toList();
	}

}
