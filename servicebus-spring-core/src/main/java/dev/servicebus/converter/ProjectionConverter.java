package dev.servicebus.converter;

import java.io.ByteArrayInputStream;

import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.data.projection.SpelAwareProxyProjectionFactory;
import org.springframework.data.web.JsonProjectingMethodInterceptorFactory;
import org.springframework.data.web.ProjectedPayload;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.converter.SmartMessageConverter;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.TypeRef;
import com.jayway.jsonpath.spi.mapper.MappingException;
import com.jayway.jsonpath.spi.mapper.MappingProvider;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Shows JSON through interfaces that are annotated with {@link ProjectedPayload}: each
 * getter reads its part of the document when it is called. Needs Spring Data Commons and
 * JsonPath, which are optional. Thread-safe.
 */
final class ProjectionConverter implements SmartMessageConverter {

	private final SmartMessageConverter json;

	private final SpelAwareProxyProjectionFactory projections = new SpelAwareProxyProjectionFactory();

	/**
	 * Makes a converter.
	 * @param json converts everything else
	 * @param mapper makes what getters return
	 */
	ProjectionConverter(SmartMessageConverter json, JsonMapper mapper) {
		this.json = json;
		this.projections.registerMethodInvokerFactory(new JsonProjectingMethodInterceptorFactory(new Values(mapper)));
	}

	@Override
	public @Nullable Object fromMessage(Message<?> message, Class<?> targetClass) {
		return fromMessage(message, targetClass, null);
	}

	@Override
	public @Nullable Object fromMessage(Message<?> message, Class<?> targetClass, @Nullable Object conversionHint) {
		if (targetClass.isInterface() && message.getPayload() instanceof byte[] body
				&& AnnotationUtils.findAnnotation(targetClass, ProjectedPayload.class) != null) {
			return project(message, body, targetClass);
		}
		return this.json.fromMessage(message, targetClass, conversionHint);
	}

	private Object project(Message<?> message, byte[] body, Class<?> targetClass) {
		try {
			return this.projections.createProjection(targetClass, new ByteArrayInputStream(body));
		}
		catch (JsonPathException ex) {
			throw new MessageConversionException(message,
					"Could not read JSON for " + targetClass.getSimpleName() + ": " + ex.getMessage(), ex);
		}
	}

	@Override
	public @Nullable Message<?> toMessage(Object payload, @Nullable MessageHeaders headers) {
		return this.json.toMessage(payload, headers);
	}

	@Override
	public @Nullable Message<?> toMessage(Object payload, @Nullable MessageHeaders headers,
			@Nullable Object conversionHint) {
		return this.json.toMessage(payload, headers, conversionHint);
	}

	/**
	 * Makes values of parts of a document.
	 */
	private record Values(JsonMapper mapper) implements MappingProvider {

		@Override
		public <T> @Nullable T map(@Nullable Object source, Class<T> targetType, Configuration configuration) {
			try {
				return this.mapper.convertValue(source, targetType);
			}
			catch (JacksonException ex) {
				throw new MappingException(ex);
			}
		}

		@Override
		public <T> @Nullable T map(@Nullable Object source, TypeRef<T> targetType, Configuration configuration) {
			try {
				return this.mapper.convertValue(source, this.mapper.constructType(targetType.getType()));
			}
			catch (JacksonException ex) {
				throw new MappingException(ex);
			}
		}

	}

}
