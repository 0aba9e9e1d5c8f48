package dev.servicebus.annotation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;

import dev.servicebus.client.SubQueue;
import dev.servicebus.endpoint.ListenerOptionsCustomizer;
import dev.servicebus.endpoint.ServiceBusListenerContainerFactory;
import dev.servicebus.endpoint.ServiceBusListenerEndpoint;
import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.listener.MessageFilter;
import dev.servicebus.listener.MessageListener;
import dev.servicebus.listener.container.ServiceBusListenerContainer;
import dev.servicebus.listener.invoke.MethodListenerFactory;
import dev.servicebus.listener.invoke.ReplySender;

/**
 * Makes endpoints of annotated methods. Whatever is wrong with an annotation ends in an
 * {@link InvalidListenerException} that names it.
 */
final class EndpointFactory {

	private final AttributeResolver attributes;

	private final MethodListenerFactory listeners;

	private final SessionAttributes sessions;

	private final DeadLetterMethods deadLetterMethods;

	EndpointFactory(AttributeResolver attributes, MethodListenerFactory listeners) {
		this.attributes = attributes;
		this.listeners = listeners;
		this.sessions = new SessionAttributes(attributes);
		this.deadLetterMethods = new DeadLetterMethods(attributes);
	}

	/**
	 * Makes an endpoint.
	 * @param replies sends what the method returns
	 */
	ServiceBusListenerEndpoint endpoint(ListenerMethod method, String id, ReplySender replies) {
		ServiceBusListener annotation = method.annotation();
		ErrorHandler errorHandler = bean(method, "errorHandler", annotation.errorHandler(), ErrorHandler.class);
		MessageFilter filter = bean(method, "filter", annotation.filter(), MessageFilter.class);
		Executor executor = bean(method, "executor", annotation.executor(), Executor.class);
		return new ServiceBusListenerEndpoint(id, target(method), listener(method, id, replies),
				options(method).andThen(this.sessions.ids(method)), errorHandler, filter, executor);
	}

	private MessageListener listener(ListenerMethod method, String id, ReplySender replies) {
		MessageListener listener = listener(method, replies);
		DeadLetterMethods.Found handler = this.deadLetterMethods.find(method, id);
		return (handler != null)
				? this.listeners.recovering(listener, method.bean(), handler.method(), handler.result()) : listener;
	}

	private MessageListener listener(ListenerMethod method, ReplySender replies) {
		String sendTo = SendToAttribute.of(method, this.attributes);
		try {
			return this.listeners.create(method.bean(), method.method(), replies, sendTo);
		}
		catch (IllegalArgumentException ex) {
			throw method.invalid((sendTo.isEmpty() ? "" : "@SendTo(\"" + sendTo + "\"): ") + ex.getMessage(), ex);
		}
	}

	/**
	 * The id that the annotation names, {@code null} if it names none.
	 */
	@Nullable String explicitId(ListenerMethod method) {
		String id = text(method, "id", method.annotation().id());
		return id.isEmpty() ? null : id;
	}

	/**
	 * The container factory that the annotation names, by itself or by its namespace;
	 * {@code null} if it names none.
	 */
	@Nullable ServiceBusListenerContainerFactory containerFactory(ListenerMethod method) {
		String namespace = text(method, "namespace", method.annotation().namespace());
		if (!namespace.isEmpty()) {
			return ofNamespace(method, namespace);
		}
		return bean(method, "containerFactory", method.annotation().containerFactory(),
				ServiceBusListenerContainerFactory.class);
	}

	private ServiceBusListenerContainerFactory ofNamespace(ListenerMethod method, String namespace) {
		if (!method.annotation().containerFactory().isEmpty()) {
			throw method.invalid(
					"attributes namespace = \"" + namespace + "\" and containerFactory = \""
							+ method.annotation().containerFactory() + "\" contradict each other; name one of them",
					null);
		}
		try {
			return this.attributes.qualified(namespace, ServiceBusListenerContainerFactory.class);
		}
		catch (BeansException ex) {
			throw method.invalid("namespace", namespace, ex);
		}
	}

	private ListenerTarget target(ListenerMethod method) {
		ServiceBusListener annotation = method.annotation();
		String queue = text(method, "queue", annotation.queue());
		String topic = text(method, "topic", annotation.topic());
		String subscription = text(method, "subscription", annotation.subscription());
		SubQueue subQueue = subQueue(method, annotation.subQueue());
		if (!queue.isEmpty() && (!topic.isEmpty() || !subscription.isEmpty())) {
			throw method.invalid("attributes queue = \"" + queue + "\", topic = \"" + topic + "\" and subscription = \""
					+ subscription + "\" contradict each other; name either a queue or a topic and its subscription",
					null);
		}
		if (topic.isEmpty() != subscription.isEmpty()) {
			throw method.invalid("attributes topic = \"" + topic + "\" and subscription = \"" + subscription
					+ "\" only make sense together", null);
		}
		if (queue.isEmpty() && topic.isEmpty()) {
			throw method.invalid("attribute queue = \"\": name a queue, or a topic and its subscription", null);
		}
		ListenerTarget entity = queue.isEmpty() ? ListenerTarget.subscription(topic, subscription)
				: ListenerTarget.queue(queue);
		return entity.withSubQueue(subQueue);
	}

	private SubQueue subQueue(ListenerMethod method, String attribute) {
		String value = text(method, "subQueue", attribute);
		try {
			return value.isEmpty() ? SubQueue.NONE : OptionAttribute.constant(SubQueue.class, value);
		}
		catch (IllegalArgumentException ex) {
			throw method.invalid("subQueue", value, ex);
		}
	}

	/**
	 * Reads the options now, so that what is wrong shows at once, each on its own, so
	 * that it is clear which.
	 */
	private ListenerOptionsCustomizer options(ListenerMethod method) {
		ListenerOptionsCustomizer all = ListenerOptionsCustomizer.NONE;
		for (Setting setting : settings(method)) {
			ListenerOptionsCustomizer next = (id, options) -> setting.option().set(options, setting.value());
			try {
				ListenerOptions.Builder alone = ListenerOptions.builder();
				next.customize("", alone);
				alone.build();
			}
			catch (IllegalArgumentException ex) {
				throw method.invalid(setting.option().attribute(), setting.value(), ex);
			}
			all = all.andThen(next);
		}
		return all;
	}

	/**
	 * Refuses what only has a meaning with sessions if the listener turns out to have
	 * none.
	 */
	void check(ListenerMethod method, ServiceBusListenerContainer container) {
		if (!container.options().sessions().enabled()) {
			this.sessions.refuseArguments(method);
			refuse(method, OptionAttribute::isOfSessions, "only has a meaning with sessions = \"true\"");
		}
		if (!container.takesBatches()) {
			refuse(method, OptionAttribute.BATCH::equals,
					"only has a meaning for a method that takes a List of messages or payloads");
		}
	}

	private void refuse(ListenerMethod method, Predicate<OptionAttribute> options, String reason) {
		for (Setting setting : settings(method)) {
			if (options.test(setting.option())) {
				throw method.invalid(setting.option().attribute(), setting.value(),
						new IllegalArgumentException(reason));
			}
		}
	}

	private List<Setting> settings(ListenerMethod method) {
		ServiceBusListener annotation = method.annotation();
		Map<OptionAttribute, String> given = new LinkedHashMap<>();
		given.put(OptionAttribute.CONCURRENCY, annotation.concurrency());
		given.put(OptionAttribute.PREFETCH, annotation.prefetch());
		given.put(OptionAttribute.SESSIONS, annotation.sessions());
		given.put(OptionAttribute.BATCH, annotation.batch());
		given.put(OptionAttribute.SETTLEMENT, annotation.settlement());
		given.put(OptionAttribute.TRANSACTIONAL, annotation.transactional());
		given.put(OptionAttribute.RETRY, annotation.retry());
		given.put(OptionAttribute.MAX_LOCK_RENEWAL, annotation.maxLockRenewal());
		given.put(OptionAttribute.AUTO_STARTUP, annotation.autoStartup());
		List<Setting> settings = new ArrayList<>();
		given.forEach((option, attribute) -> {
			String value = text(method, option.attribute(), attribute);
			if (!value.isEmpty()) {
				settings.add(new Setting(option, value));
			}
		});
		for (String property : annotation.properties()) {
			settings.add(setting(method, text(method, "properties", property)));
		}
		return settings;
	}

	private static Setting setting(ListenerMethod method, String property) {
		try {
			int separator = property.indexOf('=');
			if (separator < 0) {
				throw new IllegalArgumentException("expected name=value");
			}
			OptionAttribute option = OptionAttribute.named(property.substring(0, separator).strip());
			return new Setting(option, property.substring(separator + 1).strip());
		}
		catch (IllegalArgumentException ex) {
			throw method.invalid("properties", property, ex);
		}
	}

	private String text(ListenerMethod method, String attribute, String value) {
		try {
			return this.attributes.text(value);
		}
		catch (RuntimeException ex) {
			throw method.invalid(attribute, value, ex);
		}
	}

	private <T> @Nullable T bean(ListenerMethod method, String attribute, String value, Class<T> type) {
		try {
			return this.attributes.bean(value, type);
		}
		catch (BeansException | IllegalArgumentException ex) {
			throw method.invalid(attribute, value, ex);
		}
	}

	private record Setting(OptionAttribute option, String value) {

	}

}
