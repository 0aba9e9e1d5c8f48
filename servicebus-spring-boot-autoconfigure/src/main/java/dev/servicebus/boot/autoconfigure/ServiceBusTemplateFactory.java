package dev.servicebus.boot.autoconfigure;

import java.util.function.Consumer;

import dev.servicebus.client.MessagingClient;
import dev.servicebus.converter.ServiceBusMessageConverter;
import dev.servicebus.observation.ServiceBusObservations;
import dev.servicebus.template.MessageIdGenerator;
import dev.servicebus.template.ServiceBusTemplate;
import dev.servicebus.template.TemplateOptions;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Makes the templates of namespaces, with the beans of the application that have a say.
 *
 * @param properties how they shall be
 * @param converter converts payloads and headers
 * @param messageIds takes the place of what the properties say of ids
 */
record ServiceBusTemplateFactory(ServiceBusProperties properties, ServiceBusMessageConverter converter,
		ObjectProvider<MessageIdGenerator> messageIds) {

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

	private ServiceBusTemplate template(MessagingClient client, ServiceBusObservations observations,
			Consumer<TemplateOptions.Builder> changes) {
		TemplateOptions.Builder options = TemplateOptions.builder().observations(observations);
		TemplateMapper.apply(this.properties, options);
		this.messageIds.ifAvailable(options::messageIds);
		changes.accept(options);
		return new ServiceBusTemplate(client, this.converter, options.build());
	}

}
