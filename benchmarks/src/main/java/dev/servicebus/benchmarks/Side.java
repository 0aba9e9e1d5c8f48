package dev.servicebus.benchmarks;

import dev.servicebus.benchmarks.contender.Contender;
import dev.servicebus.benchmarks.contender.OwnContender;
import dev.servicebus.benchmarks.contender.VendorContender;

/**
 * The two sides of a comparison, in the order in which they take turns.
 */
enum Side {

	OURS(OwnContender::new),

	PEER(VendorContender::new);

	private final Contender.Factory factory;

	Side(Contender.Factory factory) {
		this.factory = factory;
	}

	Contender connect(String connectionString) {
		return this.factory.connect(connectionString);
	}

}
