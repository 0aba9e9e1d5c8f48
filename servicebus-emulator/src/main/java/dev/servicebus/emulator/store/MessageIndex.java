package dev.servicebus.emulator.store;

import java.util.TreeMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Messages by sequence number, and the first of those that are ready.
 *
 * <p>
 * Numbers are handed out in ascending order, so messages lie close together: they are
 * kept in pages, which makes the usual operation a matter of one array slot and one bit,
 * and costs a few bytes for each message. Pages without a message are dropped.
 */
final class MessageIndex {

	private final TreeMap<Long, MessagePage> pages = new TreeMap<>();

	private final TreeMap<Long, MessagePage> readyPages = new TreeMap<>();

	/** The page that was used last; most operations come in runs on one page. */
	private @Nullable MessagePage recent;

	private int size;

	int size() {
		return this.size;
	}

	void put(BrokerMessage message) {
		long id = MessagePage.idOf(message.sequenceNumber());
		MessagePage page = page(id);
		if (page == null) {
			page = new MessagePage(id);
			this.pages.put(id, page);
			this.recent = page;
		}
		page.put(message);
		this.size++;
	}

	/**
	 * Removes a message that is not ready.
	 */
	void remove(BrokerMessage message) {
		MessagePage page = pageOf(message);
		page.remove(message);
		this.size--;
		if (page.isEmpty()) {
			this.pages.remove(page.id());
			this.recent = null;
		}
	}

	void setReady(BrokerMessage message) {
		MessagePage page = pageOf(message);
		if (!page.hasReady()) {
			this.readyPages.put(page.id(), page);
		}
		page.setReady(message);
	}

	void clearReady(BrokerMessage message) {
		MessagePage page = pageOf(message);
		page.clearReady(message);
		if (!page.hasReady()) {
			this.readyPages.remove(page.id());
		}
	}

	@Nullable BrokerMessage firstReady() {
		return this.readyPages.isEmpty() ? null : this.readyPages.firstEntry().getValue().firstReady();
	}

	@Nullable BrokerMessage find(long sequenceNumber) {
		MessagePage page = page(MessagePage.idOf(sequenceNumber));
		return (page != null) ? page.get(sequenceNumber) : null;
	}

	/**
	 * The messages from {@code sequenceNumber} on, ascending. Lazy: the index must not
	 * change before the stream has ended.
	 */
	Stream<BrokerMessage> from(long sequenceNumber) {
		return this.pages.tailMap(MessagePage.idOf(sequenceNumber), true)
			.values()
			.stream()
			.flatMap(MessagePage::stream)
			.filter((message) -> message.sequenceNumber() >= sequenceNumber);
	}

	private @Nullable MessagePage page(long id) {
		MessagePage page = this.recent;
		if (page == null || page.id() != id) {
			page = this.pages.get(id);
			if (page != null) {
				this.recent = page;
			}
		}
		return page;
	}

	private MessagePage pageOf(BrokerMessage message) {
		MessagePage page = page(MessagePage.idOf(message.sequenceNumber()));
		if (page == null) {
			throw new IllegalStateException("message " + message.sequenceNumber() + " is not in this index");
		}
		return page;
	}

}
