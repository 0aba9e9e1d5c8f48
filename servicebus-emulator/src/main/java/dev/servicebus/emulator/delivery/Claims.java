package dev.servicebus.emulator.delivery;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import dev.servicebus.emulator.store.BrokerMessage;
import dev.servicebus.emulator.store.MessageLog;

/**
 * The messages of one queue that open transactions will settle.
 */
final class Claims {

	private final MessageLog log;

	private final Locks locks;

	private final Settler settler;

	private final Listener listener;

	Claims(MessageLog log, Locks locks, Settler settler, Listener listener) {
		this.log = log;
		this.locks = locks;
		this.settler = settler;
		this.listener = listener;
	}

	/**
	 * Claims messages, all of them or none.
	 */
	TransactionalWork prepare(Collection<UUID> lockTokens, Settlement settlement) {
		this.settler.check(settlement);
		Map<UUID, BrokerMessage> messages = new LinkedHashMap<>();
		lockTokens.forEach((token) -> messages.put(token, this.locks.require(token)));
		messages.values().forEach(this.log::claim);
		return new Claim(messages, settlement);
	}

	/**
	 * Hears when transactions let go of messages.
	 */
	interface Listener {

		/**
		 * The message is settled, gone, or locked as it was before.
		 */
		void claimEnded(BrokerMessage message);

		/**
		 * A transaction has let go of all its messages.
		 */
		void transactionEnded();

	}

	/**
	 * Messages that one transaction settles alike.
	 */
	private final class Claim implements TransactionalWork {

		private final Map<UUID, BrokerMessage> messages;

		private final Settlement settlement;

		Claim(Map<UUID, BrokerMessage> messages, Settlement settlement) {
			this.messages = messages;
			this.settlement = settlement;
		}

		@Override
		public void check() {
			this.messages.forEach((token, message) -> {
				if (!holds(token, message)) {
					throw Claims.this.locks.lost(token, "The message has been removed.");
				}
			});
		}

		@Override
		public void apply() {
			this.messages.values().forEach((message) -> {
				Claims.this.settler.settle(message, this.settlement);
				Claims.this.listener.claimEnded(message);
			});
			Claims.this.listener.transactionEnded();
		}

		@Override
		public void rollBack() {
			this.messages.forEach((token, message) -> {
				if (holds(token, message)) {
					Claims.this.log.unclaim(message);
				}
				Claims.this.listener.claimEnded(message);
			});
			Claims.this.listener.transactionEnded();
		}

		private boolean holds(UUID token, BrokerMessage message) {
			return message.isClaimed() && token.equals(message.lockToken());
		}

	}

}
