package dev.servicebus.client.admin.atom;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A page of a list of entities. Immutable.
 *
 * @param entries the entities on it
 * @param next where the next page is, {@code null} if this is the last one
 */
public record Feed(List<Entry> entries, @Nullable URI next) {

	public Feed {
		entries = List.copyOf(entries);
	}

	/**
	 * Reads a feed, or one entry as a feed of its own.
	 * @throws MalformedDocumentException if it is neither
	 */
	public static Feed parse(byte[] document) {
		XmlElement root = XmlReader.read(document);
		return switch (root.name()) {
			case "entry" -> new Feed(List.of(Entry.of(root)), null);
			case "feed" -> new Feed(root.children("entry").stream().map(Entry::of).toList(), next(root));
			default -> throw new MalformedDocumentException(
					"it is a '" + root.name() + "' where an entry or a feed was expected");
		};
	}

	private static @Nullable URI next(XmlElement feed) {
		for (XmlElement link : feed.children("link")) {
			if ("next".equals(link.attribute("rel"))) {
				return uri(link.attribute("href"));
			}
		}
		return null;
	}

	private static URI uri(@Nullable String text) {
		try {
			return new URI((text != null) ? text : "");
		}
		catch (URISyntaxException ex) {
			throw new MalformedDocumentException("the link to the next page is no URI", ex);
		}
	}

}
