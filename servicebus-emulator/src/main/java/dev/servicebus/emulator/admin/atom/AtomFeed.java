package dev.servicebus.emulator.admin.atom;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One page of a list. Immutable.
 *
 * @param title what is listed
 * @param self the URL of the page
 * @param next the URL of the page after it, {@code null} if there is none
 * @param updated when the page was made
 * @param entries what the page holds
 */
public record AtomFeed(String title, String self, @Nullable String next, Instant updated, List<AtomEntry> entries) {

	public AtomFeed {
		entries = List.copyOf(entries);
	}

}
