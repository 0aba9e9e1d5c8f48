package dev.servicebus.emulator.store;

/**
 * Follows the messages of one {@link MessageLog}. It is told after a change, inside the
 * operation that makes it, and must not change the log from there.
 */
public interface MessageObserver {

	/** Follows nothing. */
	MessageObserver NONE = new MessageObserver() {

		@Override
		public void changed(BrokerMessage message) {
		}

		@Override
		public void removed(BrokerMessage message) {
		}

	};

	/**
	 * The message has come into the log, or its state or its lock is another now.
	 */
	void changed(BrokerMessage message);

	/**
	 * The message has left the log. Its number and content are still those it had.
	 */
	void removed(BrokerMessage message);

}
