package dev.servicebus.listener.container;

import org.jspecify.annotations.Nullable;

import dev.servicebus.listener.BatchListenerFailedException;

/**
 * How a call has ended for each of its messages.
 *
 * @param batch the messages
 * @param done how many messages at the front the listener is done with, if they have not
 * failed for themselves
 * @param failed the one that was handled last, and failed; -1 if all of them have ended
 * in the same way
 * @param failure what all of them have failed with, or that one
 * @param notSaved why the state of the session could not be saved
 */
record BatchEnd(DeliveryBatch batch, int done, int failed, @Nullable Throwable failure,
		@Nullable StateNotSavedException notSaved) {

	static BatchEnd of(DeliveryBatch batch, @Nullable Throwable error) {
		int size = batch.items().size();
		if (error instanceof BatchListenerFailedException one && one.index() >= 0 && one.index() < size) {
			Throwable cause = one.getCause();
			return new BatchEnd(batch, batch.isUndone() ? 0 : one.index(), one.index(), (cause != null) ? cause : one,
					null);
		}
		return new BatchEnd(batch, size, -1, error, null);
	}

	/**
	 * The same, with all that was done undone.
	 */
	BatchEnd notSaved(StateNotSavedException reason) {
		return new BatchEnd(this.batch, this.done, this.failed, this.failure, reason);
	}

	/**
	 * Returns whether the listener is done with a message. One with which it is not, and
	 * that has not failed, it has not begun with, or nothing of that counts.
	 */
	boolean isDone(int index) {
		return index < this.done && error(index) == null;
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
		return (index < this.done) ? this.notSaved : null;
	}

}
