package dev.servicebus.client.connection;

/**
 * One life of a link, or of a pair of links. It is replaced as a whole when it is
 * rebuilt.
 */
public interface LinkLife {

	/**
	 * Detaches in good order. Harmless when repeated, or when the link is gone.
	 */
	void close();

}
