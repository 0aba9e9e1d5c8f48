package dev.servicebus.amqp;

import java.util.Map;
import java.util.Objects;

import dev.servicebus.amqp.type.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * What one side says about a link when it attaches (AMQP 1.0 section 2.7.3). Immutable.
 *
 * @param name the name of the link, unique for its direction between two containers
 * @param source where messages come from; {@code null} in the answer that refuses a
 * receiver
 * @param target a {@link Terminus.Target} or {@link Terminus.Coordinator}; {@code null}
 * in the answer that refuses a sender
 * @param senderSettleMode when the sender settles
 * @param receiverSettleMode when the receiver settles
 * @param maxMessageSize the largest message in bytes that this side takes, 0 if it sets
 * no limit
 * @param properties further properties of the link
 */
public record Attach(String name, Terminus.@Nullable Source source, @Nullable Terminus target,
		SenderSettleMode senderSettleMode, ReceiverSettleMode receiverSettleMode, long maxMessageSize,
		Map<Symbol, Object> properties) {

	public Attach {
		Objects.requireNonNull(name, "name");
		properties = Map.copyOf(properties);
	}

	/**
	 * A link on which this side sends unsettled messages and the peer settles first.
	 */
	public static Attach sender(String name, Terminus.Source source, Terminus target) {
		return new Attach(name, source, target, SenderSettleMode.UNSETTLED, ReceiverSettleMode.FIRST, 0, Map.of());
	}

	/**
	 * A link on which this side receives.
	 */
	public static Attach receiver(String name, Terminus.Source source, Terminus target, SenderSettleMode senderMode,
			ReceiverSettleMode receiverMode) {
		return new Attach(name, source, target, senderMode, receiverMode, 0, Map.of());
	}

	public Attach withProperties(Map<Symbol, Object> newProperties) {
		return new Attach(this.name, this.source, this.target, this.senderSettleMode, this.receiverSettleMode,
				this.maxMessageSize, newProperties);
	}

	public Attach withMaxMessageSize(long newMaxMessageSize) {
		return new Attach(this.name, this.source, this.target, this.senderSettleMode, this.receiverSettleMode,
				newMaxMessageSize, this.properties);
	}

	public Attach withSource(Terminus.Source newSource) {
		return new Attach(this.name, newSource, this.target, this.senderSettleMode, this.receiverSettleMode,
				this.maxMessageSize, this.properties);
	}

}
