package dev.servicebus.converter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.springframework.messaging.converter.CompositeMessageConverter;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.converter.SmartMessageConverter;
import org.springframework.util.MimeType;

/**
 * Builds converters. Text and bytes are always taken as they are. Not thread-safe.
 */
public final class ServiceBusMessageConverterBuilder {

	private final Map<MimeType, MessageConverter> byContentType = new LinkedHashMap<>();

	private MessageConverter payloads = new TextAndBytesConverter();

	private MessageTypes types = MessageTypes.NONE;

	private HeaderMapper headers = HeaderMapper.standard();

	private CompressionOptions compression = CompressionOptions.DEFAULT;

	ServiceBusMessageConverterBuilder() {
	}

	/**
	 * Sets what converts payloads, unless their content type says otherwise. Default:
	 * nothing, so that there is only text and bytes.
	 * @see JsonPayloads#converter
	 */
	public ServiceBusMessageConverterBuilder payloads(MessageConverter newPayloads) {
		this.payloads = Objects.requireNonNull(newPayloads, "newPayloads");
		return this;
	}

	/**
	 * Adds what converts payloads of messages with a content type.
	 * @param contentType may have wildcards: <code>application/*+xml</code>; of several
	 * that fit, the one that was added first counts
	 */
	public ServiceBusMessageConverterBuilder payloads(MimeType contentType, MessageConverter converter) {
		this.byContentType.putIfAbsent(Objects.requireNonNull(contentType, "contentType"),
				Objects.requireNonNull(converter, "converter"));
		return this;
	}

	/**
	 * Sets the types whose names messages tell, and by which a receiver that asks for an
	 * interface or an abstract class gets the type that a message names. Default: none.
	 */
	public ServiceBusMessageConverterBuilder types(MessageTypes newTypes) {
		this.types = Objects.requireNonNull(newTypes, "newTypes");
		return this;
	}

	/**
	 * Sets what maps headers. Default: {@link HeaderMapper#standard()}.
	 */
	public ServiceBusMessageConverterBuilder headers(HeaderMapper newHeaders) {
		this.headers = Objects.requireNonNull(newHeaders, "newHeaders");
		return this;
	}

	/**
	 * Sets whether bodies are compressed. Default: {@link CompressionOptions#DEFAULT}.
	 */
	public ServiceBusMessageConverterBuilder compression(CompressionOptions newCompression) {
		this.compression = Objects.requireNonNull(newCompression, "newCompression");
		return this;
	}

	/**
	 * Builds a converter.
	 */
	public ServiceBusMessageConverter build() {
		SmartMessageConverter chosen = (this.byContentType.isEmpty()
				&& this.payloads instanceof SmartMessageConverter smart) ? smart
						: new ContentTypeConverter(this.byContentType, this.payloads);
		SmartMessageConverter named = (this.types == MessageTypes.NONE) ? chosen
				: new NamedTypeConverter(chosen, this.types);
		return new PayloadAndHeaderConverter(new CompositeMessageConverter(List.of(new TextAndBytesConverter(), named)),
				this.types, this.headers, new BodyCompression(this.compression));
	}

}
