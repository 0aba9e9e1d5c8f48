package dev.servicebus.boot.autoconfigure;

import java.util.function.BiConsumer;
import java.util.function.BiFunction;

import dev.servicebus.boot.autoconfigure.ServiceBusProperties.Template;
import dev.servicebus.template.ReplyOptions;
import dev.servicebus.template.TemplateOptions;

/**
 * From properties to the options of the template.
 */
final class TemplateMapper {

	private static final String PREFIX = "servicebus.template";

	private TemplateMapper() {
	}

	static TemplateOptions.Builder options(Template properties) {
		TemplateOptions.Builder options = TemplateOptions.builder();
		new OptionSetter<>(PREFIX, options, TemplateOptions.Builder::build)
			.set("default-destination", properties.defaultDestination(), TemplateOptions.Builder::defaultDestination)
			.set("timeout", properties.timeout(), TemplateOptions.Builder::timeout)
			.set("reply.queue", properties.reply().queue(),
					(builder, queue) -> builder.replies(ReplyOptions.queue(queue)))
			.set("reply.session-id", properties.reply().sessionId(), replies(ReplyOptions::withSessionId))
			.set("reply.timeout", properties.reply().timeout(), replies(ReplyOptions::withTimeout));
		return options;
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
