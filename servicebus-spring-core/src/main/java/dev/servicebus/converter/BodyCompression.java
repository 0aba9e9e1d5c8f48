package dev.servicebus.converter;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import org.springframework.messaging.converter.MessageConversionException;

import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Compresses and decompresses bodies. Thread-safe.
 */
final class BodyCompression {

	private static final String GZIP = "gzip";

	private static final String X_GZIP = "x-gzip";

	private static final int BUFFER = 4096;

	private final CompressionOptions options;

	BodyCompression(CompressionOptions options) {
		this.options = options;
	}

	/**
	 * Sets a body, compressed if it is large and becomes smaller so.
	 */
	void set(ServiceBusMessage.Builder message, byte[] body) {
		if (body.length >= this.options.minSize()) {
			byte[] deflated = deflate(body);
			if (deflated.length < body.length) {
				message.body(deflated).contentEncoding(GZIP);
				return;
			}
		}
		message.body(body);
	}

	/**
	 * The bytes of a body that are meant. Encodings of other names than that of gzip are
	 * the application's, or mean nothing.
	 * @throws MessageConversionException if it is not what it says, or too large
	 */
	byte[] get(ServiceBusReceivedMessage message, byte[] body) {
		String encoding = message.contentEncoding();
		boolean compressed = GZIP.equalsIgnoreCase(encoding) || X_GZIP.equalsIgnoreCase(encoding);
		return (compressed && body.length > 0) ? inflate(body) : body;
	}

	private byte[] inflate(byte[] body) {
		int limit = (int) this.options.maxInflatedSize();
		try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body), BUFFER)) {
			byte[] inflated = in.readNBytes(limit);
			if (inflated.length == limit && in.read() >= 0) {
				throw new MessageConversionException("The body has more than " + limit
						+ " bytes when it is decompressed; if that is meant, allow more"
						+ " (property servicebus.conversion.compression.max-inflated-size)");
			}
			return inflated;
		}
		catch (IOException ex) {
			throw new MessageConversionException("The body says that it is compressed but is not: " + ex.getMessage(),
					ex);
		}
	}

	private static byte[] deflate(byte[] body) {
		ByteArrayOutputStream deflated = new ByteArrayOutputStream(Math.max(BUFFER, body.length / 4));
		try (GZIPOutputStream out = new GZIPOutputStream(deflated, BUFFER)) {
			out.write(body);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Writing into memory cannot fail", ex);
		}
		return deflated.toByteArray();
	}

}
