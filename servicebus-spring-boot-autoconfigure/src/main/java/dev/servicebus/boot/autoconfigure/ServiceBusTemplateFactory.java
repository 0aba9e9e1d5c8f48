package dev.servicebus.boot.autoconfigure;

import java.util.function.Consumer;

import dev.servicebus.client.MessagingClient;
import dev.servicebus.converter.ServiceBusMessageConverter;
import dev.servicebus.observation.ServiceBusObservations;
import dev.servicebus.template.MessageIdGenerator;
import dev.servicebus.template.PayloadDestinations;
import dev.servicebus.template.SendInterceptor;
import dev.servicebus.template.ServiceBusTemplate;
import dev.servicebus.template.TemplateOptions;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;

/**
 * Makes the templates of namespaces, with the beans of the application that have a say.
 *
 * @param properties how they shall be
 * @param converter converts payloads and headers
 * @param messageIds takes the place of what the properties say of ids
 * @param interceptors see what is sent
 * @param destinations where payloads go, before properties and annotations
 * @param environment resolves placeholders in annotations
 */
record ServiceBusTemplateFactory(ServiceBusProperties properties, ServiceBusMessageConverter converter,
		ObjectProvider<MessageIdGenerator> messageIds, ObjectProvider<SendInterceptor> interceptors,
		ObjectProvider<PayloadDestinations> destinations, Environment environment) {

	/**
	 * The template of the application's own namespace.
	 */
	ServiceBusTemplate template(MessagingClient client, ServiceBusObservations observations) {
		return template(client, observations,
				(options) -> TemplateMapper.applyOwn(this.properties.template(), options));
	}

	/**
	 * The template of another namespace: it has no default destination and no replies.
	 */
	ServiceBusTemplate namedTemplate(MessagingClient client, ServiceBusObservations observations) {
		return template(client, observations, (options) -> {
		});
	}

	/**
	 * Where payloads go when a call names no destination.
	 */
	PayloadDestinations payloadDestinations() {
		PayloadDestinations configured = DestinationsMapper
			.destinations(this.properties.template().destinations(), this.converter.types())
			.orElse(PayloadDestinations.annotated(this.environment::resolveRequiredPlaceholders));
		PayloadDestinations own = this.destinations.getIfAvailable();
		return (own != null) ? own.orElse(configured) : configured;
	}

	private ServiceBusTemplate template(MessagingClient client, ServiceBusObservations observations,
			Consumer<TemplateOptions.Builder> changes) {
		TemplateOptions.Builder options = TemplateOptions.builder().observations(observations);
		TemplateMapper.apply(this.properties, options);
		this.messageIds.ifAvailable(options::messageIds);
		options.interceptors(this.interceptors.orderedStream().toList()).destinations(payloadDestinations());
		changes.accept(options);
		return new ServiceBusTemplate(client, this.converter, options.build());
	}

}
