package dev.servicebus.listener;

import java.util.List;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * A batch of one message, used by one thread.
 */
final class SingleMessageBatch implements BatchContext {

	private final ListenerContext message;

	private @Nullable Throwable failure;

	SingleMessageBatch(ListenerContext message) {
		this.message = message;
	}

	@Override
	public List<ListenerContext> messages() {
		return List.of(this.message);
	}

	@Override
	public void fail(int index, Throwable error) {
		this.failure = error;
	}

	@Override
	public void settleAfter(CompletionStage<?> result) {
		this.message.settleAfter(result);
	}

	void throwIfFailed() throws Exception {
		if (this.failure instanceof Error error) {
			throw error;
		}
		if (this.failure != null) {
			throw (Exception) this.failure;
		}
	}

}
