package dev.servicebus.annotation;

import java.util.List;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

import dev.servicebus.endpoint.ServiceBusListenerContainerFactory;
import dev.servicebus.endpoint.ServiceBusListenerEndpoint;
import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.listener.MessageFilter;
import dev.servicebus.listener.MessageListener;
import dev.servicebus.listener.container.ServiceBusListenerContainer;
import dev.servicebus.listener.invoke.MethodListenerFactory;
import dev.servicebus.listener.reply.Answers;

/**
 * Makes endpoints of annotated methods and classes. Whatever is wrong with an annotation
 * ends in an {@link InvalidListenerException} that names it.
 */
final class EndpointFactory {

	private final AttributeResolver attributes;

	private final MethodListenerFactory listeners;

	EndpointFactory(AttributeResolver attributes, MethodListenerFactory listeners) {
		this.attributes = attributes;
		this.listeners = listeners;
	}

	/**
	 * Makes the endpoints of a listener: one, or one for each of its queues.
	 * @param answers sends what the methods return
	 */
	List<ServiceBusListenerEndpoint> endpoints(ListenerDeclaration declaration, String id, Answers answers) {
		ServiceBusListener annotation = declaration.annotation();
		ListenerAttributes given = attributes(declaration);
		List<ListenerTarget> targets = TargetAttributes.targets(given);
		ServiceBusListenerEndpoint first = ServiceBusListenerEndpoint
			.of(id, targets.get(0), listener(given, id, answers))
			.withErrorHandler(given.bean("errorHandler", annotation.errorHandler(), ErrorHandler.class))
			.withFilter(given.bean("filter", annotation.filter(), MessageFilter.class))
			.withExecutor(given.bean("executor", annotation.executor(), Executor.class))
			.withOptions(OptionSettings.read(given).customizer().andThen(SessionAttributes.ids(given)));
		return (targets.size() == 1) ? List.of(first) : targets.stream().map(first::forTarget).toList();
	}

	private MessageListener listener(ListenerAttributes given, String id, Answers answers) {
		MethodListenerFactory factory = this.listeners.withConverter((common) -> ConverterAttribute.of(given, common));
		MessageListener listener = new HandlerMethods(factory).listener(given, answers);
		DeadLetterMethods.Found handler = DeadLetterMethods.find(given, id);
		return (handler != null)
				? factory.recovering(listener, given.declaration().bean(), handler.method(), handler.result())
				: listener;
	}

	/**
	 * The id that the annotation names, {@code null} if it names none.
	 */
	@Nullable String explicitId(ListenerDeclaration declaration) {
		String id = attributes(declaration).text("id", declaration.annotation().id());
		return id.isEmpty() ? null : id;
	}

	/**
	 * The container factory that the annotation names, by itself or by its namespace;
	 * {@code null} if it names none.
	 */
	@Nullable ServiceBusListenerContainerFactory containerFactory(ListenerDeclaration declaration) {
		ListenerAttributes given = attributes(declaration);
		String namespace = given.text("namespace", declaration.annotation().namespace());
		ServiceBusListenerContainerFactory factory = given.bean("containerFactory",
				declaration.annotation().containerFactory(), ServiceBusListenerContainerFactory.class);
		if (namespace.isEmpty()) {
			return factory;
		}
		if (factory != null) {
			throw declaration.invalid("attributes namespace = \"" + namespace + "\" and containerFactory = \""
					+ declaration.annotation().containerFactory() + "\" contradict each other; name one of them", null);
		}
		return given.qualified("namespace", namespace, ServiceBusListenerContainerFactory.class);
	}

	/**
	 * Refuses what only has a meaning for listeners of another kind than this one has
	 * turned out to be.
	 */
	void check(ListenerDeclaration declaration, ServiceBusListenerContainer container) {
		OptionSettings settings = OptionSettings.read(attributes(declaration));
		new MethodRules(declaration, container.options()).check();
		if (!container.options().sessions().enabled()) {
			settings.refuse(OptionAttribute::isOfSessions, "only has a meaning with sessions = \"true\"");
		}
		if (container.takesBatches()) {
			settings.refuse(OptionAttribute.RETURN_EXCEPTIONS::equals,
					"has no meaning for a batch: there is no reply to one");
		}
		else {
			settings.refuse(OptionAttribute.BATCH::equals,
					"only has a meaning for a method that takes a List of messages or payloads");
		}
	}

	/**
	 * Refuses last resorts of listeners that the bean does not have.
	 * @param ids the ids of the listeners of the bean
	 */
	void checkLastResorts(ListenerDeclaration declaration, List<String> ids) {
		DeadLetterMethods.refuseUnknown(attributes(declaration), ids);
	}

	private ListenerAttributes attributes(ListenerDeclaration declaration) {
		return new ListenerAttributes(declaration, this.attributes.of(declaration.bean()));
	}

}
