package dev.servicebus.boot.autoconfigure;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import dev.servicebus.boot.autoconfigure.ConversionProperties.Compression;
import dev.servicebus.boot.autoconfigure.ConversionProperties.ReceivedHeaders;
import dev.servicebus.boot.autoconfigure.ConversionProperties.SentHeaders;
import dev.servicebus.converter.CompressionOptions;
import dev.servicebus.converter.HeaderMapper;
import dev.servicebus.converter.HeaderPatterns;

/**
 * From properties to what converters are made of.
 */
final class ConversionMapper {

	private ConversionMapper() {
	}

	static HeaderMapper headers(ConversionProperties properties) {
		SentHeaders sent = properties.sentHeaders();
		ReceivedHeaders received = properties.receivedHeaders();
		return HeaderMapper.of(new HeaderPatterns(sent.include(), sent.exclude()),
				new HeaderPatterns(received.include(), received.exclude()));
	}

	static CompressionOptions compression(Compression properties) {
		AtomicReference<CompressionOptions> options = new AtomicReference<>(CompressionOptions.DEFAULT);
		new OptionSetter<>("servicebus.conversion.compression", options, AtomicReference::get)
			.set("min-size", properties.minSize(),
					(holder, size) -> holder.updateAndGet((base) -> base.withMinSize(size.toBytes())))
			.set("max-inflated-size", properties.maxInflatedSize(),
					(holder, size) -> holder.updateAndGet((base) -> base.withMaxInflatedSize(size.toBytes())));
		return Objects.requireNonNull(options.get());
	}

}
