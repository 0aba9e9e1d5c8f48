package dev.servicebus.emulator.entity;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import dev.servicebus.emulator.delivery.DuplicateHistory;
import dev.servicebus.emulator.store.MessageContent;
import dev.servicebus.emulator.time.BrokerTimers;

/**
 * Drops messages that an entity has taken before, if it detects duplicates. Their sender
 * is not told.
 */
final class DuplicateFilter {

	/** Stands for the number of a message that was dropped. */
	private static final long NO_NUMBER = 0;

	private final Admission admission;

	private final DuplicateHistory history;

	DuplicateFilter(Admission admission, BrokerTimers timers) {
		this.admission = admission;
		this.history = new DuplicateHistory(timers);
	}

	boolean admits(MessageContent message) {
		Duration window = this.admission.options().duplicateDetectionWindow();
		return window == null || this.history.admit(message, window);
	}

	/**
	 * Passes on the messages that are new.
	 * @param messages all messages
	 * @param target takes the new ones and returns their numbers
	 * @return the numbers of all messages, 0 for one that was dropped
	 */
	long[] enqueue(List<? extends MessageContent> messages, Function<List<? extends MessageContent>, long[]> target) {
		if (!this.admission.options().requiresDuplicateDetection()) {
			return target.apply(messages);
		}
		boolean[] admitted = new boolean[messages.size()];
		List<MessageContent> first = new ArrayList<>(messages.size());
		for (int i = 0; i < admitted.length; i++) {
			admitted[i] = admits(messages.get(i));
			if (admitted[i]) {
				first.add(messages.get(i));
			}
		}
		long[] numbers = target.apply(first);
		long[] result = new long[admitted.length];
		int next = 0;
		for (int i = 0; i < result.length; i++) {
			result[i] = admitted[i] ? numbers[next++] : NO_NUMBER;
		}
		return result;
	}

	void clear() {
		this.history.clear();
	}

}
