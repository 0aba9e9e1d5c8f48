package dev.servicebus.template;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.ServiceBusException;

/**
 * What became of each of several payloads that were sent together. Immutable.
 *
 * @param entries one for each payload, in the order of the payloads
 */
public record SendAllResult(List<Entry> entries) {

	public SendAllResult {
		entries = List.copyOf(entries);
	}

	/**
	 * Returns whether the broker has all of them.
	 */
	public boolean isComplete() {
		return this.entries.stream().allMatch(Entry::isSent);
	}

	/**
	 * Those that the broker does not have, or may not have: sending them again may make
	 * duplicates if their failure is an unknown outcome.
	 */
	public List<Entry> failed() {
		return this.entries.stream().filter((entry) -> !entry.isSent()).toList();
	}

	@Nullable ServiceBusException firstFailure() {
		return this.entries.stream().filter((entry) -> !entry.isSent()).findFirst().map(Entry::failure).orElse(null);
	}

	/**
	 * Does nothing if the broker has all of them.
	 * @throws ServiceBusException the first failure otherwise, with the others suppressed
	 */
	public void orThrow() {
		List<ServiceBusException> failures = failed().stream().map(Entry::failure).filter(Objects::nonNull).toList();
		if (!failures.isEmpty()) {
			ServiceBusException first = failures.get(0);
			failures.stream().filter((failure) -> failure != first).distinct().forEach(first::addSuppressed);
			throw first;
		}
	}

	/**
	 * One payload.
	 *
	 * @param payload what was to be sent
	 * @param messageId the id of its message, {@code null} if it has none, or if the
	 * client has made it
	 * @param failure why it was not, {@code null} if it was
	 */
	public record Entry(Object payload, @Nullable String messageId, @Nullable ServiceBusException failure) {

		public boolean isSent() {
			return this.failure == null;
		}

	}

}
