package dev.servicebus.emulator.admin.atom;

import org.jspecify.annotations.Nullable;

/**
 * Writes entries and feeds. A feed has one link, or two if there is a next page: some
 * clients only look for the next page if there are exactly two. Thread-safe.
 */
public final class AtomWriter {

	private static final String NAMESPACE = "http://www.w3.org/2005/Atom";

	private final String author;

	/**
	 * Creates a writer.
	 * @param author the name of the namespace that entries are from
	 */
	public AtomWriter(String author) {
		this.author = author;
	}

	/**
	 * Writes a document with one entry.
	 */
	public byte[] write(AtomEntry entry) {
		XmlWriter xml = new XmlWriter();
		xml.start("entry", NAMESPACE);
		writeContent(entry, xml);
		return xml.toBytes();
	}

	/**
	 * Writes a document with a page.
	 */
	public byte[] write(AtomFeed feed) {
		XmlWriter xml = new XmlWriter();
		xml.start("feed", NAMESPACE);
		title(feed.title(), xml);
		xml.element("id", feed.self());
		xml.element("updated", feed.updated());
		link("self", feed.self(), xml);
		link("next", feed.next(), xml);
		for (AtomEntry entry : feed.entries()) {
			xml.start("entry");
			writeContent(entry, xml);
			xml.end();
		}
		return xml.toBytes();
	}

	private void writeContent(AtomEntry entry, XmlWriter xml) {
		xml.element("id", entry.id());
		title(entry.title(), xml);
		xml.element("published", entry.published());
		xml.element("updated", entry.updated());
		xml.start("author").element("name", this.author).end();
		link("self", entry.id(), xml);
		xml.start("content").attribute("type", "application/xml");
		entry.description().accept(xml);
		xml.end();
	}

	private static void title(String title, XmlWriter xml) {
		xml.start("title").attribute("type", "text").text(title).end();
	}

	private static void link(String relation, @Nullable String url, XmlWriter xml) {
		if (url != null) {
			xml.start("link").attribute("rel", relation).attribute("href", url).end();
		}
	}

}
