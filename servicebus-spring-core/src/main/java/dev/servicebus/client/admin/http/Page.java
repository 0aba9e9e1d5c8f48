package dev.servicebus.client.admin.http;

import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.servicebus.client.admin.atom.EntityReader;
import dev.servicebus.client.admin.atom.Feed;

/**
 * A page of a list. Immutable.
 *
 * @param <T> what is listed
 * @param items what is on the page
 * @param next how many items to leave out to get the next one, {@link #NONE} if this is
 * the last
 */
record Page<T>(List<T> items, int next) {

	static final int NONE = -1;

	private static final int SIZE = 100;

	private static final Pattern SKIP = Pattern.compile("(?:[?&]|^)(?:\\$|%24)skip=(\\d{1,9})(?:&|$)",
			Pattern.CASE_INSENSITIVE);

	/**
	 * Reads a page. Of the link to the next one only its number counts: it is fetched
	 * from where this one came from, wherever the link leads. A number that does not lead
	 * on is replaced, so that no list is endless.
	 * @param skip how many items were left out for this page
	 */
	static <T> Page<T> of(FeedResponse response, int skip, EntityReader<T> reader) {
		Feed feed = Feed.parse(response.body());
		List<T> items = feed.entries().stream().map(reader::read).toList();
		URI link = feed.next();
		if (link == null || items.isEmpty()) {
			return new Page<>(items, NONE);
		}
		Matcher matcher = SKIP.matcher(String.valueOf(link.getRawQuery()));
		int stated = matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
		return new Page<>(items, (stated > skip) ? stated : skip + items.size());
	}

	static String query(int skip) {
		return "$skip=" + skip + "&$top=" + SIZE;
	}

	boolean isLast() {
		return this.next == NONE;
	}

}
