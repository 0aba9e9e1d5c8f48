package dev.servicebus.listener.container;

import java.util.function.IntConsumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.servicebus.listener.BackPressure;

/**
 * The limit that back pressure puts on the demand of one run of a container.
 */
final class DemandLimit {

	private static final Logger logger = LoggerFactory.getLogger(ServiceBusListenerContainer.class);

	private final String listenerId;

	private final BackPressure backPressure;

	/** The same for the whole run, by which the back pressure knows it again. */
	private final IntConsumer limit;

	DemandLimit(String listenerId, BackPressure backPressure, Demand demand) {
		this.listenerId = listenerId;
		this.backPressure = backPressure;
		this.limit = demand::limit;
	}

	void begin() {
		this.backPressure.begin(this.listenerId, this.limit);
	}

	void end() {
		try {
			this.backPressure.end(this.listenerId, this.limit);
		}
		catch (Throwable ex) {
			logger.warn("The back pressure of listener '{}' has failed at its end", this.listenerId, ex);
		}
	}

}
