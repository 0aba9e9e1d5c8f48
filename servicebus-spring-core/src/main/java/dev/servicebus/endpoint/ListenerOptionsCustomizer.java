package dev.servicebus.endpoint;

import dev.servicebus.listener.ListenerOptions;

/**
 * Changes the options of a listener.
 */
@FunctionalInterface
public interface ListenerOptionsCustomizer {

	/** Changes nothing. */
	ListenerOptionsCustomizer NONE = (listenerId, options) -> {
	};

	/**
	 * Changes the options.
	 * @param listenerId the id of the listener
	 * @param options what is set so far
	 */
	void customize(String listenerId, ListenerOptions.Builder options);

	/**
	 * Does what this customizer does, and then what {@code next} does.
	 */
	default ListenerOptionsCustomizer andThen(ListenerOptionsCustomizer next) {
		return (listenerId, options) -> {
			customize(listenerId, options);
			next.customize(listenerId, options);
		};
	}

}
