package dev.servicebus.boot.autoconfigure;

import dev.servicebus.converter.HeaderMapper;
import dev.servicebus.converter.JsonPayloads;
import dev.servicebus.converter.MessageTypes;
import dev.servicebus.converter.ServiceBusMessageConverter;
import dev.servicebus.converter.ServiceBusMessageConverterBuilder;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/**
 * The converter of templates and listeners.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(ServiceBusMessageConverter.class)
class ServiceBusConverterConfiguration {

	@Bean
	ServiceBusMessageConverter serviceBusMessageConverter(ServiceBusProperties properties,
			ObjectProvider<HeaderMapper> headers, ObjectProvider<MessageTypes> types,
			ObjectProvider<ServiceBusMessageConverterBuilderCustomizer> customizers) {
		ConversionProperties conversion = properties.conversion();
		ServiceBusMessageConverterBuilder builder = ServiceBusMessageConverter.builder()
			.headers(headers.getIfAvailable(() -> ConversionMapper.headers(conversion)))
			.compression(ConversionMapper.compression(conversion.compression()));
		types.ifAvailable(builder::types);
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return builder.build();
	}

	/**
	 * Converts objects to and from JSON, as the rest of the application does, unless the
	 * application says otherwise.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(JsonMapper.class)
	static class JsonConfiguration {

		@Bean
		@Order(0)
		ServiceBusMessageConverterBuilderCustomizer serviceBusJsonPayloads(ObjectProvider<JsonMapper> mapper) {
			return (builder) -> builder
				.payloads(JsonPayloads.converter(mapper.getIfAvailable(() -> JsonMapper.builder().build())));
		}

	}

}
