package dev.servicebus.amqp.transport.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * Values in the distinguished encoding rules of ASN.1 (X.690), as far as a certificate
 * needs them.
 */
final class Der {

	private static final int FIRST_YEAR_AFTER_UTC_TIME = 2050;

	private static final DateTimeFormatter UTC_TIME = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'");

	private static final DateTimeFormatter GENERALIZED_TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'");

	private Der() {
	}

	static byte[] sequence(byte[]... elements) {
		return tagged(0x30, elements);
	}

	static byte[] set(byte[]... elements) {
		return tagged(0x31, elements);
	}

	static byte[] bool(boolean value) {
		return tagged(0x01, new byte[] { (byte) (value ? 0xff : 0) });
	}

	static byte[] integer(BigInteger value) {
		return tagged(0x02, value.toByteArray());
	}

	/**
	 * Returns a string of bits, of which the last {@code unused} do not count.
	 */
	static byte[] bitString(int unused, byte[] bits) {
		return tagged(0x03, new byte[] { (byte) unused }, bits);
	}

	static byte[] octetString(byte[] octets) {
		return tagged(0x04, octets);
	}

	static byte[] utf8String(String text) {
		return tagged(0x0c, text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Returns an object identifier that is written with dots.
	 */
	static byte[] oid(String dotted) {
		String[] arcs = dotted.split("\\.");
		ByteArrayOutputStream content = new ByteArrayOutputStream();
		content.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
		for (int i = 2; i < arcs.length; i++) {
			int arc = Integer.parseInt(arcs[i]);
			for (int shift = 28; shift > 0; shift -= 7) {
				if (arc >>> shift != 0) {
					content.write(0x80 | (arc >>> shift));
				}
			}
			content.write(arc & 0x7f);
		}
		return tagged(0x06, content.toByteArray());
	}

	/**
	 * Returns a time in whole seconds, in the form that RFC 5280 asks for.
	 */
	static byte[] time(Instant instant) {
		ZonedDateTime utc = instant.atZone(ZoneOffset.UTC);
		boolean old = utc.getYear() < FIRST_YEAR_AFTER_UTC_TIME;
		String text = (old ? UTC_TIME : GENERALIZED_TIME).format(utc);
		return tagged(old ? 0x17 : 0x18, text.getBytes(StandardCharsets.US_ASCII));
	}

	/**
	 * Returns the parts one after another behind a tag and their length.
	 */
	static byte[] tagged(int tag, byte[]... parts) {
		ByteArrayOutputStream content = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			content.writeBytes(part);
		}
		ByteArrayOutputStream value = new ByteArrayOutputStream();
		value.write(tag);
		int length = content.size();
		if (length < 0x80) {
			value.write(length);
		}
		else if (length <= 0xff) {
			value.write(0x81);
			value.write(length);
		}
		else {
			value.write(0x82);
			value.write(length >>> 8);
			value.write(length);
		}
		value.writeBytes(content.toByteArray());
		return value.toByteArray();
	}

}
