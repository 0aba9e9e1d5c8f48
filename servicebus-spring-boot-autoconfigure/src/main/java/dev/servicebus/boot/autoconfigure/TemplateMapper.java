package dev.servicebus.boot.autoconfigure;

import dev.servicebus.boot.autoconfigure.ServiceBusProperties.Reply;
import dev.servicebus.boot.autoconfigure.ServiceBusProperties.Template;
import dev.servicebus.template.ReplyOptions;
import dev.servicebus.template.TemplateOptions;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * From properties to the options of the template.
 */
final class TemplateMapper {

	private TemplateMapper() {
	}

	static TemplateOptions options(Template properties) {
		TemplateOptions options = TemplateOptions.DEFAULT.withDefaultDestination(properties.defaultDestination());
		try {
			options = options.withTimeout(properties.timeout());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException("servicebus.template.timeout", properties.timeout(),
					String.valueOf(ex.getMessage()), ex);
		}
		return options.withReplies(replies(properties.reply()));
	}

	private static @Nullable ReplyOptions replies(Reply properties) {
		if (properties.queue() == null) {
			return null;
		}
		try {
			ReplyOptions options = new ReplyOptions(properties.queue(), properties.sessionId(),
					ReplyOptions.DEFAULT_TIMEOUT);
			return (properties.timeout() != null) ? options.withTimeout(properties.timeout()) : options;
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException("servicebus.template.reply", properties,
					String.valueOf(ex.getMessage()), ex);
		}
	}

}
