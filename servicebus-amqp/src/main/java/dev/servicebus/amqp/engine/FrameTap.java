package dev.servicebus.amqp.engine;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;

import dev.servicebus.amqp.ConnectionOptions;
import dev.servicebus.amqp.codec.AmqpReader;
import dev.servicebus.amqp.endpoint.FrameListener;
import dev.servicebus.amqp.type.Composite;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.security.SaslFrameBody;
import org.apache.qpid.proton.amqp.transport.EmptyFrame;
import org.apache.qpid.proton.codec.AMQPDefinedTypes;
import org.apache.qpid.proton.codec.DecoderImpl;
import org.apache.qpid.proton.codec.EncoderImpl;
import org.apache.qpid.proton.engine.impl.ProtocolTracer;
import org.apache.qpid.proton.framing.TransportFrame;
import org.jspecify.annotations.Nullable;

/**
 * Shows every frame of a transport to a listener, and to the trace if there is one. A
 * performative is written once more and read by our own codec, which makes values of
 * nothing but our types and misses no field.
 */
final class FrameTap implements ProtocolTracer {

	/** More than fits into a frame. */
	private static final int SCRATCH_SIZE = 2 * ConnectionOptions.DEFAULT_MAX_FRAME_SIZE;

	private static final byte[] NO_PAYLOAD = {};

	private static final Composite EMPTY = new Composite("empty", Map.of());

	private final ByteBuffer scratch = ByteBuffer.allocate(SCRATCH_SIZE);

	private final EncoderImpl encoder;

	private final FrameListener listener;

	private final @Nullable ProtocolTracer trace;

	FrameTap(FrameListener listener, @Nullable ProtocolTracer trace) {
		this.listener = listener;
		this.trace = trace;
		DecoderImpl decoder = new DecoderImpl();
		this.encoder = new EncoderImpl(decoder);
		AMQPDefinedTypes.registerAllTypes(decoder, this.encoder);
	}

	@Override
	public void receivedFrame(TransportFrame frame) {
		if (this.trace != null) {
			this.trace.receivedFrame(frame);
		}
		this.listener.onReceived(frame.getChannel(), performative(frame), payload(frame));
	}

	@Override
	public void sentFrame(TransportFrame frame) {
		if (this.trace != null) {
			this.trace.sentFrame(frame);
		}
		this.listener.onSent(frame.getChannel(), performative(frame), payload(frame));
	}

	@Override
	public void receivedSaslBody(SaslFrameBody body) {
		if (this.trace != null) {
			this.trace.receivedSaslBody(body);
		}
		this.listener.onReceived(0, withoutSecrets(body), NO_PAYLOAD);
	}

	@Override
	public void sentSaslBody(SaslFrameBody body) {
		if (this.trace != null) {
			this.trace.sentSaslBody(body);
		}
		this.listener.onSent(0, withoutSecrets(body), NO_PAYLOAD);
	}

	@Override
	public void receivedHeader(String header) {
		if (this.trace != null) {
			this.trace.receivedHeader(header);
		}
	}

	@Override
	public void sentHeader(String header) {
		if (this.trace != null) {
			this.trace.sentHeader(header);
		}
	}

	private Composite withoutSecrets(SaslFrameBody body) {
		return composite(body).without("initial-response", "response", "challenge");
	}

	private Composite performative(TransportFrame frame) {
		return (frame.getBody() == null || frame.getBody() instanceof EmptyFrame) ? EMPTY : composite(frame.getBody());
	}

	/**
	 * Looking must not disturb: what cannot be read is shown as such.
	 */
	private Composite composite(Object body) {
		try {
			this.scratch.clear();
			this.encoder.setByteBuffer(this.scratch);
			this.encoder.writeObject(body);
			AmqpReader reader = new AmqpReader(this.scratch.array(), 0, this.scratch.position());
			return (Composite) Objects.requireNonNull(Composite.named(reader.readValue()));
		}
		catch (RuntimeException ex) {
			return new Composite("unreadable", Map.of("reason", ex.toString()));
		}
	}

	private static byte[] payload(TransportFrame frame) {
		@Nullable Binary payload = frame.getPayload();
		return (payload != null) ? ProtonTypes.toBytes(payload) : NO_PAYLOAD;
	}

}
