package dev.servicebus.amqp.transport.netty;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;

/**
 * Which protocol the first bytes of a connection announce.
 */
enum FirstBytes {

	/** Too few to tell. */
	UNDECIDED,

	/** The protocol header of AMQP, with or without SASL. */
	AMQP,

	/** A method and a space. */
	HTTP,

	/** A handshake record. */
	TLS,

	/** None of them. */
	UNKNOWN;

	private static final int TLS_HANDSHAKE = 0x16;

	private static final byte[] AMQP_HEADER = bytes("AMQP");

	private static final byte[][] HTTP_METHODS = Stream
		.of("GET ", "PUT ", "POST ", "DELETE ", "HEAD ", "OPTIONS ", "PATCH ", "TRACE ", "CONNECT ")
		.map(FirstBytes::bytes)
		.toArray(byte[][]::new);

	static FirstBytes of(ByteBuf received) {
		if (!received.isReadable()) {
			return UNDECIDED;
		}
		if (received.getUnsignedByte(received.readerIndex()) == TLS_HANDSHAKE) {
			return TLS;
		}
		if (agree(received, AMQP_HEADER)) {
			return (received.readableBytes() < AMQP_HEADER.length) ? UNDECIDED : AMQP;
		}
		for (byte[] method : HTTP_METHODS) {
			if (agree(received, method)) {
				return (received.readableBytes() < method.length) ? UNDECIDED : HTTP;
			}
		}
		return UNKNOWN;
	}

	private static boolean agree(ByteBuf received, byte[] expected) {
		int length = Math.min(received.readableBytes(), expected.length);
		for (int i = 0; i < length; i++) {
			if (received.getByte(received.readerIndex() + i) != expected[i]) {
				return false;
			}
		}
		return true;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
