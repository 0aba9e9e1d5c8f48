package dev.servicebus.benchmarks.contender;

import java.util.Locale;
import java.util.function.Function;

/**
 * The clients that take part, this project's first. Those of plain AMQP know nothing of
 * Service Bus: no tokens, no locks to renew, no recovery of links.
 */
public enum ContenderKind {

	/** This project's client and listener container. */
	OURS(OwnContender::new),

	/** Microsoft's client for Service Bus. */
	MICROSOFT(VendorContender::new),

	/** Apache Qpid JMS, plain AMQP. */
	QPID_JMS(JmsContender::new),

	/** The client of Apache Qpid ProtonJ2, plain AMQP. */
	PROTONJ2_CLIENT(ProtonJ2Contender::new),

	/** Vert.x Proton, plain AMQP. */
	VERTX_PROTON(VertxContender::new);

	private final Function<Endpoint, Contender> factory;

	ContenderKind(Function<Endpoint, Contender> factory) {
		this.factory = factory;
	}

	/**
	 * Makes a client, which may connect later.
	 */
	public Contender connect(Endpoint endpoint) {
		return this.factory.apply(endpoint);
	}

	/**
	 * How it is named on the command line and in reports.
	 */
	public String text() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
