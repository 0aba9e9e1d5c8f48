package dev.servicebus.listener.container;

import org.jspecify.annotations.Nullable;

import dev.servicebus.listener.BatchListenerFailedException;

/**
 * How a call has ended for each of its messages.
 *
 * @param batch the messages
 * @param failed the one that was handled last, and failed
 * @param failure what all of them have failed with, or that one
 * @param notSaved why the state of the session could not be saved
 */
record BatchEnd(DeliveryBatch batch, int failed, @Nullable Throwable failure,
		@Nullable StateNotSavedException notSaved) {

	static BatchEnd of(DeliveryBatch batch, @Nullable Throwable error) {
		if (error instanceof BatchListenerFailedException one && one.index() >= 0
				&& one.index() < batch.items().size()) {
			Throwable cause = one.getCause();
			return new BatchEnd(batch, one.index(), (cause != null) ? cause : one, null);
		}
		return new BatchEnd(batch, -1, error, null);
	}

	/**
	 * The same, with all that was done undone.
	 */
	BatchEnd notSaved(StateNotSavedException reason) {
		return new BatchEnd(this.batch, this.failed, this.failure, reason);
	}

	/**
	 * Returns whether the listener is done with a message. One with which it is not, and
	 * that has not failed, it has not begun with.
	 */
	boolean isDone(int index) {
		return (this.failed < 0 || index < this.failed) && error(index) == null;
	}

	/**
	 * What a message has failed with, {@code null} if it has not.
	 */
	@Nullable Throwable error(int index) {
		Throwable own = this.batch.error(index);
		if (own != null) {
			return own;
		}
		if (this.failed < 0 || index == this.failed) {
			return (this.failure != null) ? this.failure : this.notSaved;
		}
		return (index < this.failed) ? this.notSaved : null;
	}

}
