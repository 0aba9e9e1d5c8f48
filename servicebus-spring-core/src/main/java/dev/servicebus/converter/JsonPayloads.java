package dev.servicebus.converter;

import org.springframework.messaging.Message;
import org.springframework.messaging.converter.JacksonJsonMessageConverter;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.converter.SmartMessageConverter;
import org.springframework.util.ClassUtils;
import org.springframework.util.MimeTypeUtils;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Converts payloads to and from JSON. Needs Jackson, which is optional, and so is apart
 * from the other converters.
 */
public final class JsonPayloads {

	private static final boolean PROJECTIONS = isPresent("org.springframework.data.web.ProjectedPayload")
			&& isPresent("com.jayway.jsonpath.JsonPath");

	private JsonPayloads() {
	}

	/**
	 * A converter that tries JSON on everything, whatever the content type of a received
	 * message: senders name all kinds of them, or none. With Spring Data Commons and
	 * JsonPath on the class path it also makes interfaces that are annotated with
	 * {@code @ProjectedPayload}. Thread-safe.
	 */
	public static SmartMessageConverter converter(JsonMapper mapper) {
		JacksonJsonMessageConverter converter = new PlainSpokenConverter(mapper);
		converter.setContentTypeResolver((headers) -> MimeTypeUtils.APPLICATION_JSON);
		return PROJECTIONS ? new ProjectionConverter(converter, mapper) : converter;
	}

	private static boolean isPresent(String className) {
		return ClassUtils.isPresent(className, JsonPayloads.class.getClassLoader());
	}

	/**
	 * Says what is wrong with JSON without the parser's remarks on its own settings: the
	 * text becomes the description of a dead letter.
	 */
	private static final class PlainSpokenConverter extends JacksonJsonMessageConverter {

		PlainSpokenConverter(JsonMapper mapper) {
			super(mapper);
		}

		@Override
		protected @Nullable Object convertFromInternal(Message<?> message, Class<?> targetClass,
				@Nullable Object conversionHint) {
			try {
				return super.convertFromInternal(message, targetClass, conversionHint);
			}
			catch (MessageConversionException ex) {
				if (ex.getCause() instanceof JacksonException cause) {
					throw new MessageConversionException(message,
							"Could not read JSON as " + targetClass.getSimpleName() + ": " + cause.getOriginalMessage(),
							cause);
				}
				throw ex;
			}
		}

	}

}
