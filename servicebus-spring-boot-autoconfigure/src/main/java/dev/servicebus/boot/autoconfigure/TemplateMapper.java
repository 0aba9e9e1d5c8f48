package dev.servicebus.boot.autoconfigure;

import java.util.function.BiConsumer;
import java.util.function.BiFunction;

import dev.servicebus.boot.autoconfigure.TemplateProperties.MessageIdSource;
import dev.servicebus.client.retry.RetryOptions;
import dev.servicebus.template.MessageIdGenerator;
import dev.servicebus.template.ReplyOptions;
import dev.servicebus.template.TemplateOptions;
import org.jspecify.annotations.Nullable;

/**
 * From properties to the options of templates.
 */
final class TemplateMapper {

	private static final String PREFIX = "servicebus.template";

	private TemplateMapper() {
	}

	/**
	 * Sets what holds for the templates of all namespaces.
	 */
	static void apply(ServiceBusProperties properties, TemplateOptions.Builder options) {
		TemplateProperties template = properties.template();
		options.messageIds(messageIds(template.messageIds(), properties.generateMessageIds()));
		RetryOptions ofClient = RetryOptionsMapper.client(properties.retry());
		RetryOptions retry = RetryOptionsMapper.change(PREFIX + ".retry", template.retry(), ofClient);
		if (!retry.equals(ofClient)) {
			options.retry(retry);
		}
		new OptionSetter<>(PREFIX, options, TemplateOptions.Builder::build).set("timeout", template.timeout(),
				TemplateOptions.Builder::timeout);
	}

	/**
	 * Sets what holds for the template of the application's own namespace.
	 */
	static void applyOwn(TemplateProperties properties, TemplateOptions.Builder options) {
		new OptionSetter<>(PREFIX, options, TemplateOptions.Builder::build)
			.set("default-destination", properties.defaultDestination(), TemplateOptions.Builder::defaultDestination)
			.set("reply.queue", properties.reply().queue(),
					(builder, queue) -> builder.replies(ReplyOptions.queue(queue)))
			.set("reply.session-id", properties.reply().sessionId(), replies(ReplyOptions::withSessionId))
			.set("reply.timeout", properties.reply().timeout(), replies(ReplyOptions::withTimeout));
	}

	private static MessageIdGenerator messageIds(@Nullable MessageIdSource source, @Nullable Boolean generate) {
		if (source == MessageIdSource.CONTENT) {
			return MessageIdGenerator.ofContent();
		}
		boolean none = (source == null) && Boolean.FALSE.equals(generate);
		return none ? MessageIdGenerator.none() : MessageIdGenerator.unique();
	}

	private static <T> BiConsumer<TemplateOptions.Builder, T> replies(
			BiFunction<ReplyOptions, T, ReplyOptions> change) {
		return (builder, value) -> {
			ReplyOptions replies = builder.build().replies();
			if (replies == null) {
				throw new IllegalArgumentException("has no meaning without " + PREFIX + ".reply.queue");
			}
			builder.replies(change.apply(replies, value));
		};
	}

}
