package dev.servicebus.amqp.engine;

import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.security.SaslFrameBody;
import org.apache.qpid.proton.amqp.security.SaslInit;
import org.apache.qpid.proton.engine.impl.ProtocolTracer;
import org.apache.qpid.proton.engine.impl.TransportImpl;
import org.apache.qpid.proton.framing.TransportFrame;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes every frame to the logger {@value #LOGGER} at TRACE. Payloads appear as their
 * length only: a payload may be a message of the user, or a token.
 */
final class FrameTrace implements ProtocolTracer {

	static final String LOGGER = "dev.servicebus.amqp.frames";

	private static final Logger logger = LoggerFactory.getLogger(LOGGER);

	private final String id;

	private FrameTrace(String id) {
		this.id = id;
	}

	/**
	 * Traces a transport if the logger is enabled now.
	 * @return the trace, or {@code null} if there is none
	 */
	static @Nullable FrameTrace attach(TransportImpl transport) {
		if (!logger.isTraceEnabled()) {
			return null;
		}
		FrameTrace trace = new FrameTrace(Integer.toHexString(System.identityHashCode(transport)));
		transport.setProtocolTracer(trace);
		return trace;
	}

	@Override
	public void receivedFrame(TransportFrame frame) {
		trace("<-", frame);
	}

	@Override
	public void sentFrame(TransportFrame frame) {
		trace("->", frame);
	}

	@Override
	public void receivedSaslBody(SaslFrameBody body) {
		logger.trace("[{}] <- {}", this.id, describe(body));
	}

	@Override
	public void sentSaslBody(SaslFrameBody body) {
		logger.trace("[{}] -> {}", this.id, describe(body));
	}

	@Override
	public void receivedHeader(String header) {
		logger.trace("[{}] <- {}", this.id, header);
	}

	@Override
	public void sentHeader(String header) {
		logger.trace("[{}] -> {}", this.id, header);
	}

	private void trace(String direction, TransportFrame frame) {
		@Nullable Binary payload = frame.getPayload();
		if (payload == null) {
			logger.trace("[{}:{}] {} {}", this.id, frame.getChannel(), direction, frame.getBody());
		}
		else {
			logger.trace("[{}:{}] {} {} ({} bytes)", this.id, frame.getChannel(), direction, frame.getBody(),
					payload.getLength());
		}
	}

	private static Object describe(SaslFrameBody body) {
		return (body instanceof SaslInit init) ? "SaslInit{mechanism=" + init.getMechanism() + ", hostname="
				+ init.getHostname() + ", initialResponse=<hidden>}" : body.getClass().getSimpleName();
	}

}
