package dev.servicebus.emulator.amqp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.servicebus.amqp.codec.AmqpReader;
import dev.servicebus.amqp.codec.AmqpWriter;
import dev.servicebus.amqp.transport.ByteChannel;
import dev.servicebus.amqp.transport.ByteChannelHandler;
import dev.servicebus.amqp.transport.ConnectTarget;
import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.amqp.type.DescribedValue;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.amqp.type.UnsignedByte;
import dev.servicebus.amqp.type.UnsignedInteger;
import dev.servicebus.amqp.type.UnsignedLong;
import org.jspecify.annotations.Nullable;

/**
 * A peer that writes frames itself, so that it can say what no well-behaved engine says,
 * and sees the fields of the answers. No engine is involved.
 */
final class RawWire implements ByteChannelHandler {

	static final int OPEN = 0x10;

	static final int BEGIN = 0x11;

	static final int ATTACH = 0x12;

	static final int FLOW = 0x13;

	static final int TRANSFER = 0x14;

	static final int DISPOSITION = 0x15;

	static final int DETACH = 0x16;

	static final int CLOSE = 0x18;

	static final int SASL_MECHANISMS = 0x40;

	static final int SASL_INIT = 0x41;

	static final int SASL_OUTCOME = 0x44;

	private static final byte[] SASL_HEADER = { 'A', 'M', 'Q', 'P', 3, 1, 0, 0 };

	private static final byte[] AMQP_HEADER = { 'A', 'M', 'Q', 'P', 0, 1, 0, 0 };

	private final TestBench bench;

	private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

	private final ByteArrayOutputStream received = new ByteArrayOutputStream();

	private final EventLoop loop;

	private ByteChannel channel;

	RawWire(TestBench bench) {
		this.bench = bench;
		this.loop = bench.network.nextLoop();
		bench.network.connect(this.loop, ConnectTarget.plain("localhost", bench.emulator.port()), Duration.ofSeconds(5),
				this);
		bench.run();
	}

	/**
	 * Logs in with all rights, opens the connection and begins a session, without waiting
	 * for anything.
	 */
	RawWire greet() {
		byte[] response = "\0RootManageSharedAccessKey\0SAS_KEY_VALUE".getBytes(StandardCharsets.UTF_8);
		this.pending.writeBytes(SASL_HEADER);
		frame(1, SASL_INIT, Symbol.of("PLAIN"), response);
		this.pending.writeBytes(AMQP_HEADER);
		frame(0, OPEN, "raw", "localhost");
		return frame(0, BEGIN, null, UnsignedInteger.ZERO, UnsignedInteger.of(5000), UnsignedInteger.of(5000));
	}

	RawWire attachReceiver(int handle, String address) {
		return frame(0, ATTACH, "receiver-" + handle, UnsignedInteger.of(handle), true, UnsignedByte.of(0),
				UnsignedByte.of(1), source(address), target("me"));
	}

	/**
	 * Attaches a sender that does not say its initial delivery count.
	 */
	RawWire attachSender(int handle, String address) {
		return frame(0, ATTACH, "sender-" + handle, UnsignedInteger.of(handle), false, UnsignedByte.of(0),
				UnsignedByte.of(0), source("me"), target(address));
	}

	RawWire flow(int handle, int deliveryCount, int credit, boolean drain) {
		return frame(0, FLOW, UnsignedInteger.ZERO, UnsignedInteger.of(5000), UnsignedInteger.ZERO,
				UnsignedInteger.of(5000), UnsignedInteger.of(handle), UnsignedInteger.of(deliveryCount),
				UnsignedInteger.of(credit), null, drain);
	}

	RawWire transfer(int handle, byte[] payload) {
		return frameWithPayload(payload, 0, TRANSFER, UnsignedInteger.of(handle), UnsignedInteger.ZERO,
				new byte[] { 1 }, UnsignedInteger.ZERO, false);
	}

	/**
	 * Sends everything in one piece.
	 */
	void send() {
		send(take());
	}

	/**
	 * Takes the bytes that have not been sent.
	 */
	byte[] take() {
		byte[] bytes = this.pending.toByteArray();
		this.pending.reset();
		return bytes;
	}

	/**
	 * Sends any bytes.
	 */
	void send(byte[] bytes) {
		this.bench.network.time().runOn(this.loop, () -> {
			this.channel.write(ByteBuffer.wrap(bytes));
			this.channel.flush();
		});
	}

	/**
	 * The fields of all frames of a kind that have arrived.
	 */
	List<List<?>> frames(int code) {
		List<List<?>> found = new ArrayList<>();
		ByteBuffer bytes = ByteBuffer.wrap(this.received.toByteArray());
		while (bytes.hasRemaining()) {
			if (bytes.get(bytes.position()) == 'A') {
				bytes.position(bytes.position() + AMQP_HEADER.length);
				continue;
			}
			int start = bytes.position();
			int end = start + bytes.getInt(start);
			int body = start + 4 * bytes.get(start + 4);
			if (body < end) {
				DescribedValue value = (DescribedValue) new AmqpReader(bytes.array(), body, end - body).readValue();
				if (value.descriptor().equals(UnsignedLong.of(code))) {
					found.add((List<?>) value.value());
				}
			}
			bytes.position(end);
		}
		return found;
	}

	/**
	 * The fields of the only frame of a kind, as if all of them had been written.
	 */
	List<@Nullable Object> onlyFrame(int code) {
		List<List<?>> found = frames(code);
		if (found.size() != 1) {
			throw new AssertionError("Expected one frame 0x" + Integer.toHexString(code) + " but got " + found);
		}
		return new ArrayList<>(Arrays.asList(Arrays.copyOf(found.get(0).toArray(), 16)));
	}

	/**
	 * Everything that has arrived, as text of one character a byte.
	 */
	String text() {
		return this.received.toString(StandardCharsets.ISO_8859_1);
	}

	/**
	 * Cuts the connection.
	 */
	void cut() {
		this.bench.network.time().runOn(this.loop, this.channel::close);
	}

	/**
	 * Forgets what has arrived.
	 */
	void clear() {
		this.received.reset();
	}

	private static DescribedValue source(String address) {
		return new DescribedValue(UnsignedLong.of(0x28), List.of(address));
	}

	private static DescribedValue target(String address) {
		return new DescribedValue(UnsignedLong.of(0x29), List.of(address));
	}

	private RawWire frame(int type, int code, @Nullable Object... fields) {
		return frameWithPayload(new byte[0], type, code, fields);
	}

	private RawWire frameWithPayload(byte[] payload, int type, int code, @Nullable Object... fields) {
		AmqpWriter writer = new AmqpWriter();
		writer.writeValue(new DescribedValue(UnsignedLong.of(code), Arrays.asList(fields)));
		writer.writeEncoded(payload, 0, payload.length);
		byte[] body = writer.toByteArray();
		this.pending.writeBytes(ByteBuffer.allocate(8)
			.putInt(8 + body.length)
			.put((byte) 2)
			.put((byte) type)
			.putShort((short) 0)
			.array());
		this.pending.writeBytes(body);
		return this;
	}

	@Override
	public void connected(ByteChannel newChannel) {
		this.channel = newChannel;
	}

	@Override
	public void read(ByteBuffer bytes) {
		byte[] copy = new byte[bytes.remaining()];
		bytes.get(copy);
		this.received.writeBytes(copy);
	}

	@Override
	public void readComplete() {
	}

	@Override
	public void writable() {
	}

	@Override
	public void closed(@Nullable Throwable cause) {
	}

}
