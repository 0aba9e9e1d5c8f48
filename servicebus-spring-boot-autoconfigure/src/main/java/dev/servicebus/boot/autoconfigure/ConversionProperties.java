package dev.servicebus.boot.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Properties {@code servicebus.conversion.*}, for templates and listeners.
 *
 * @param sentHeaders Which headers are sent as application properties
 * @param receivedHeaders Which application properties are headers of received messages
 * @param compression Which bodies are compressed
 */
public record ConversionProperties(@DefaultValue SentHeaders sentHeaders, @DefaultValue ReceivedHeaders receivedHeaders,
		@DefaultValue Compression compression) {

	/**
	 * Properties {@code servicebus.conversion.sent-headers.*}.
	 *
	 * @param include Names or patterns such as "shop-*" of headers that are sent as
	 * application properties; all if there are none.
	 * @param exclude Names or patterns of headers that are not sent.
	 */
	public record SentHeaders(@DefaultValue List<String> include, @DefaultValue List<String> exclude) {

	}

	/**
	 * Properties {@code servicebus.conversion.received-headers.*}.
	 *
	 * @param include Names or patterns such as "shop-*" of application properties that
	 * are headers of received messages; all if there are none.
	 * @param exclude Names or patterns of application properties that are not shown.
	 */
	public record ReceivedHeaders(@DefaultValue List<String> include, @DefaultValue List<String> exclude) {

	}

	/**
	 * Properties {@code servicebus.conversion.compression.*}.
	 *
	 * @param minSize Smallest body that is compressed with gzip when it is sent; by
	 * default none is. Compressed bodies are always understood.
	 * @param maxInflatedSize Largest that a received body may become when it is
	 * decompressed; one that is larger goes to the dead-letter queue.
	 */
	public record Compression(@Nullable DataSize minSize, @Nullable DataSize maxInflatedSize) {

	}

}
