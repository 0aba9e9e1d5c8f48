package dev.servicebus.benchmarks.contender;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * The clients that take part, this project's first. Those of plain AMQP know nothing of
 * Service Bus: no tokens, no locks to renew, no recovery of links.
 */
public enum ContenderKind {

	/** This project's client and listener container. */
	OURS(OwnContender::standard),

	/** The same, with a pool of as many threads as handlers. */
	CONTAINER_POOLED(OwnContender::pooled),

	/** The same client without the container: handlers run on the I/O loop. */
	RAW_INLINE(RawContender::inline),

	/** The same client without the container: handlers run on a pool of threads. */
	RAW_POOLED(RawContender::pooled),

	/** Microsoft's client for Service Bus. */
	MICROSOFT(VendorContender::new),

	/** Apache Qpid JMS, plain AMQP. */
	QPID_JMS(JmsContender::new),

	/** The client of Apache Qpid ProtonJ2, plain AMQP. */
	PROTONJ2_CLIENT(ProtonJ2Contender::new),

	/** Vert.x Proton, plain AMQP. */
	VERTX_PROTON(VertxContender::new);

	/** Everybody but this project's client without its container. */
	public static final Set<ContenderKind> CLIENTS = Collections
		.unmodifiableSet(EnumSet.of(OURS, MICROSOFT, QPID_JMS, PROTONJ2_CLIENT, VERTX_PROTON));

	/** The clients of Service Bus. */
	public static final Set<ContenderKind> SERVICE_BUS_CLIENTS = Collections
		.unmodifiableSet(EnumSet.of(OURS, MICROSOFT));

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
