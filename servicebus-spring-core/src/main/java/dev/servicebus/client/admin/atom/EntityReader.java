package dev.servicebus.client.admin.atom;

/**
 * Reads descriptions of one kind. Immutable.
 *
 * @param <T> what it makes of them
 */
public interface EntityReader<T> {

	/**
	 * Reads what an entry tells.
	 * @throws MalformedDocumentException if it is not what was expected
	 */
	T read(Entry entry);

}
