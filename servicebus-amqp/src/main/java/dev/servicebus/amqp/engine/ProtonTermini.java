package dev.servicebus.amqp.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.servicebus.amqp.Attach;
import dev.servicebus.amqp.ReceiverSettleMode;
import dev.servicebus.amqp.SenderSettleMode;
import dev.servicebus.amqp.Terminus;
import dev.servicebus.amqp.type.Symbol;
import org.apache.qpid.proton.amqp.UnsignedLong;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.amqp.transaction.Coordinator;
import org.apache.qpid.proton.engine.Link;
import org.jspecify.annotations.Nullable;

/**
 * Translates what the two sides say of a link between our {@link Attach} and the engine's
 * link.
 */
final class ProtonTermini {

	private ProtonTermini() {
	}

	/**
	 * Writes an attach into the local side of a link.
	 */
	static void apply(Attach attach, Link link) {
		link.setSource(toProton(attach.source()));
		link.setTarget(toProton(attach.target()));
		link.setSenderSettleMode(toProton(attach.senderSettleMode()));
		link.setReceiverSettleMode(toProton(attach.receiverSettleMode()));
		if (attach.maxMessageSize() > 0) {
			link.setMaxMessageSize(UnsignedLong.valueOf(attach.maxMessageSize()));
		}
		link.setProperties(ProtonTypes.toProtonFields(attach.properties()));
	}

	/**
	 * Copies the peer's settle modes: a peer may insist on the modes it asked for.
	 */
	static void echoSettleModes(Link link) {
		link.setSenderSettleMode(link.getRemoteSenderSettleMode());
		link.setReceiverSettleMode(link.getRemoteReceiverSettleMode());
	}

	/**
	 * Reads what the peer said.
	 */
	static Attach remote(Link link) {
		UnsignedLong size = link.getRemoteMaxMessageSize();
		long maxMessageSize = (size == null) ? 0 : (size.longValue() < 0) ? Long.MAX_VALUE : size.longValue();
		return new Attach(link.getName(), fromProtonSource(link.getRemoteSource()),
				fromProtonTarget(link.getRemoteTarget()), fromProton(link.getRemoteSenderSettleMode()),
				fromProton(link.getRemoteReceiverSettleMode()), maxMessageSize,
				ProtonTypes.fromProtonFields(link.getRemoteProperties()));
	}

	private static @Nullable Source toProton(Terminus.@Nullable Source source) {
		if (source == null) {
			return null;
		}
		Source result = new Source();
		result.setAddress(source.address());
		Map<?, ?> filter = ProtonTypes.toProtonFields(source.filters());
		if (filter != null) {
			result.setFilter(filter);
		}
		return result;
	}

	private static org.apache.qpid.proton.amqp.transport.@Nullable Target toProton(@Nullable Terminus target) {
		if (target instanceof Terminus.Target node) {
			Target result = new Target();
			result.setAddress(node.address());
			return result;
		}
		if (target instanceof Terminus.Coordinator coordinator) {
			Coordinator result = new Coordinator();
			result.setCapabilities(coordinator.capabilities()
				.stream()
				.map(ProtonTypes::toProton)
				.toArray(org.apache.qpid.proton.amqp.Symbol[]::new));
			return result;
		}
		return null;
	}

	private static Terminus.@Nullable Source fromProtonSource(
			org.apache.qpid.proton.amqp.transport.@Nullable Source source) {
		if (source instanceof Source node) {
			return new Terminus.Source(node.getAddress(), ProtonTypes.fromProtonNullableFields(node.getFilter()));
		}
		return (source != null) ? Terminus.Source.of(source.getAddress()) : null;
	}

	private static @Nullable Terminus fromProtonTarget(org.apache.qpid.proton.amqp.transport.@Nullable Target target) {
		if (target instanceof Coordinator coordinator) {
			List<Symbol> capabilities = new ArrayList<>();
			if (coordinator.getCapabilities() != null) {
				for (org.apache.qpid.proton.amqp.Symbol capability : coordinator.getCapabilities()) {
					capabilities.add(Symbol.of(capability.toString()));
				}
			}
			return new Terminus.Coordinator(capabilities);
		}
		return (target != null) ? new Terminus.Target(target.getAddress()) : null;
	}

	private static org.apache.qpid.proton.amqp.transport.SenderSettleMode toProton(SenderSettleMode mode) {
		return switch (mode) {
			case UNSETTLED -> org.apache.qpid.proton.amqp.transport.SenderSettleMode.UNSETTLED;
			case SETTLED -> org.apache.qpid.proton.amqp.transport.SenderSettleMode.SETTLED;
			case MIXED -> org.apache.qpid.proton.amqp.transport.SenderSettleMode.MIXED;
		};
	}

	private static org.apache.qpid.proton.amqp.transport.ReceiverSettleMode toProton(ReceiverSettleMode mode) {
		return switch (mode) {
			case FIRST -> org.apache.qpid.proton.amqp.transport.ReceiverSettleMode.FIRST;
			case SECOND -> org.apache.qpid.proton.amqp.transport.ReceiverSettleMode.SECOND;
		};
	}

	private static SenderSettleMode fromProton(org.apache.qpid.proton.amqp.transport.@Nullable SenderSettleMode mode) {
		return (mode == null) ? SenderSettleMode.MIXED : switch (mode) {
			case UNSETTLED -> SenderSettleMode.UNSETTLED;
			case SETTLED -> SenderSettleMode.SETTLED;
			case MIXED -> SenderSettleMode.MIXED;
		};
	}

	private static ReceiverSettleMode fromProton(
			org.apache.qpid.proton.amqp.transport.@Nullable ReceiverSettleMode mode) {
		return (mode == null) ? ReceiverSettleMode.FIRST : switch (mode) {
			case FIRST -> ReceiverSettleMode.FIRST;
			case SECOND -> ReceiverSettleMode.SECOND;
		};
	}

}
