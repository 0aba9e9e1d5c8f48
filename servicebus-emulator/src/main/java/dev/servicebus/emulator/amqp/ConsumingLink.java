package dev.servicebus.emulator.amqp;

import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import dev.servicebus.amqp.Attach;
import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.SenderSettleMode;
import dev.servicebus.amqp.codec.AmqpWriter;
import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.amqp.endpoint.IncomingLink;
import dev.servicebus.amqp.endpoint.OutgoingDelivery;
import dev.servicebus.amqp.endpoint.SenderLink;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.emulator.amqp.message.DeliveryTag;
import dev.servicebus.emulator.amqp.message.MessageWriter;
import dev.servicebus.emulator.amqp.request.Failure;
import dev.servicebus.emulator.delivery.AcceptedSession;
import dev.servicebus.emulator.delivery.Consumer;
import dev.servicebus.emulator.delivery.ConsumerRegistration;
import dev.servicebus.emulator.delivery.ReceiveMode;
import dev.servicebus.emulator.entity.ReceivableEntity;
import dev.servicebus.emulator.store.BrokerException;
import dev.servicebus.emulator.store.BrokerMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A link on which a client receives messages of an entity, or of one of its sessions. The
 * client's credit is the demand, so a message is written only when it can be sent.
 */
final class ConsumingLink implements SenderLink.Listener, Consumer {

	private static final Symbol LOCKED_UNTIL = Symbol.of("com.microsoft:locked-until-utc");

	/** The Unix epoch in units of 100 ns since the year 1. */
	private static final long EPOCH_TICKS = 621_355_968_000_000_000L;

	private static final long TICKS_PER_MILLISECOND = 10_000;

	private static final Logger logger = LoggerFactory.getLogger(ConsumingLink.class);

	private final LinkSettlement settlement;

	private final ReceiveMode receiveMode;

	private final SenderLink link;

	private final ConsumerRegistration registration;

	private long deliveries;

	private ConsumingLink(IncomingLink incoming, Attach answer, LinkSettlement settlement,
			Function<Consumer, ConsumerRegistration> registrar) {
		this.settlement = settlement;
		this.receiveMode = (answer.senderSettleMode() == SenderSettleMode.SETTLED) ? ReceiveMode.RECEIVE_AND_DELETE
				: ReceiveMode.PEEK_LOCK;
		this.registration = registrar.apply(this);
		this.link = incoming.acceptSender(answer, this);
	}

	/**
	 * Accepts a link.
	 * @throws BrokerException if the entity does not take consumers; the link is then not
	 * answered
	 */
	static SenderLink accept(IncomingLink incoming, LinkSettlement settlement) {
		ReceivableEntity source = settlement.source();
		return new ConsumingLink(incoming, answer(incoming, source, Map.of()), settlement, source::register).link;
	}

	/**
	 * Accepts a link that receives from one session, which it closes when it ends.
	 * @throws BrokerException if the session's lock is lost already; the link is then not
	 * answered
	 */
	static SenderLink accept(IncomingLink incoming, LinkSettlement settlement, SessionFilter filter,
			AcceptedSession session) {
		long lockedUntil = EPOCH_TICKS + session.lockedUntil() * TICKS_PER_MILLISECOND;
		Attach answer = answer(incoming, settlement.source(), Map.of(LOCKED_UNTIL, lockedUntil))
			.withSource(filter.answer(session.sessionId()));
		return new ConsumingLink(incoming, answer, settlement, session::register).link;
	}

	private static Attach answer(IncomingLink incoming, ReceivableEntity source, Map<Symbol, Object> properties) {
		return incoming.attach().withProperties(properties).withMaxMessageSize(source.maxMessageSize());
	}

	@Override
	public ReceiveMode receiveMode() {
		return this.receiveMode;
	}

	@Override
	public int demand() {
		return this.link.credit();
	}

	/**
	 * A fault in writing a message ends this link, and not the connection of whoever has
	 * sent it just now.
	 */
	@Override
	public void deliver(BrokerMessage message) {
		try {
			AmqpWriter encoded = MessageWriter.write(message);
			UUID token = message.lockToken();
			this.deliveries++;
			byte[] tag = (token != null) ? DeliveryTag.of(token) : DeliveryTag.ofUnlocked(this.deliveries);
			this.link.send(tag, 0, encoded.buffer(), 0, encoded.size(), token == null, null, token);
		}
		catch (RuntimeException ex) {
			logger.error("The emulator failed to deliver message {} of {}", message.sequenceNumber(),
					this.settlement.source().path(), ex);
			this.link.close(Failure.INTERNAL_ERROR.error("The emulator has failed: " + ex.getClass().getName()));
		}
	}

	@Override
	public void ended(BrokerException reason) {
		this.link.close(Failure.of(reason.error()).error(reason.getMessage()));
	}

	@Override
	public void onCredit(SenderLink sender) {
		this.registration.demandChanged();
		if (sender.isDraining()) {
			sender.drained();
		}
	}

	@Override
	public void onDisposition(SenderLink sender, OutgoingDelivery delivery, @Nullable DeliveryState state,
			boolean settled) {
		if (delivery.context() instanceof UUID token) {
			DeliveryState answer = this.settlement.settle(token, state, settled);
			// Settling is harmless if the client has settled and does not wait for an
			// answer.
			if (answer != null) {
				delivery.settle(answer);
			}
		}
	}

	/**
	 * Locks of single messages outlive the link: they are released by their expiry. A
	 * session is given back with what was not settled in it.
	 */
	@Override
	public void onClosed(AmqpLink closed, AmqpLink.LinkEnd end) {
		this.registration.cancel();
	}

}
