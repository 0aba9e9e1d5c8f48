package dev.servicebus.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import dev.servicebus.client.admin.http.ServiceBusAdministrationClient;
import dev.servicebus.client.amqp.ServiceBusClient;
import dev.servicebus.endpoint.ServiceBusListenerContainerFactory;
import dev.servicebus.observation.ServiceBusObservations;
import dev.servicebus.template.RoutingServiceBusTemplate;
import dev.servicebus.template.RoutingServiceBusTemplate.Route;
import dev.servicebus.template.ServiceBusOperations;
import dev.servicebus.template.ServiceBusTemplate;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers a client, a template, a container factory and an administration client for
 * each of {@code servicebus.namespaces.*}, qualified with its name. They are no default
 * candidates: without a qualifier the beans of the application's own namespace are
 * injected.
 */
final class NamespaceRegistrar implements ImportBeanDefinitionRegistrar {

	private static final String PREFIX = "servicebus.namespaces";

	private final Environment environment;

	private final BeanFactory beans;

	NamespaceRegistrar(Environment environment, BeanFactory beans) {
		this.environment = environment;
		this.beans = beans;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
		Map<String, NamespaceProperties> namespaces = Binder.get(this.environment)
			.bind(PREFIX, Bindable.mapOf(String.class, NamespaceProperties.class))
			.orElseGet(Map::of);
		namespaces.keySet().forEach((name) -> register(name, registry));
		if (namespaces.values().stream().anyMatch((namespace) -> !namespace.destinations().isEmpty())) {
			RootBeanDefinition routing = new RootBeanDefinition(RoutingServiceBusTemplate.class,
					() -> routingTemplate(namespaces));
			routing.setPrimary(true);
			registry.registerBeanDefinition("routingServiceBusTemplate", routing);
		}
	}

	private RoutingServiceBusTemplate routingTemplate(Map<String, NamespaceProperties> namespaces) {
		List<Route> routes = new ArrayList<>();
		namespaces.forEach((name, namespace) -> namespace.destinations()
			.forEach((pattern) -> routes.add(new Route(pattern, template(name + "ServiceBusTemplate")))));
		return new RoutingServiceBusTemplate(routes, template("serviceBusTemplate"),
				this.beans.getBean(ServiceBusTemplateFactory.class).payloadDestinations());
	}

	private ServiceBusOperations template(String bean) {
		return this.beans.getBean(bean, ServiceBusOperations.class);
	}

	private void register(String name, BeanDefinitionRegistry registry) {
		String client = name + "ServiceBusClient";
		registry.registerBeanDefinition(client, definition(name, ServiceBusClient.class, () -> client(name)));
		RootBeanDefinition template = definition(name, ServiceBusTemplate.class,
				() -> this.beans.getBean(ServiceBusTemplateFactory.class)
					.namedTemplate(this.beans.getBean(client, ServiceBusClient.class), observations(name)));
		template.setDependsOn(client);
		registry.registerBeanDefinition(name + "ServiceBusTemplate", template);
		RootBeanDefinition containers = definition(name, ServiceBusListenerContainerFactory.class,
				() -> this.beans.getBean(ServiceBusListenerContainerFactoryConfigurer.class)
					.createFactory(this.beans.getBean(client, ServiceBusClient.class), (options) -> {
					}));
		containers.setDependsOn(client);
		registry.registerBeanDefinition(name + "ServiceBusListenerContainerFactory", containers);
		RootBeanDefinition administration = definition(name, ServiceBusAdministrationClient.class,
				() -> administrationClient(name));
		administration.setLazyInit(true);
		registry.registerBeanDefinition(name + "ServiceBusAdministrationClient", administration);
	}

	private ServiceBusClient client(String name) {
		ClientProperties properties = properties(name);
		return clients().client(prefix(name), properties, connection(name, properties));
	}

	private ServiceBusAdministrationClient administrationClient(String name) {
		ClientProperties properties = properties(name);
		return clients().administrationClient(prefix(name), properties, connection(name, properties));
	}

	private ServiceBusClientFactory clients() {
		return this.beans.getBean(ServiceBusClientFactory.class);
	}

	private ClientProperties properties(String name) {
		ServiceBusProperties common = this.beans.getBean(ServiceBusProperties.class);
		return new NamespaceClientProperties(Objects.requireNonNull(common.namespaces().get(name), name), common);
	}

	private ServiceBusConnectionDetails connection(String name, ClientProperties properties) {
		if (properties.connectionString() == null && properties.namespace() == null) {
			throw new InvalidConfigurationPropertyValueException(prefix(name) + ".connection-string", null,
					"Either it or '" + prefix(name) + ".namespace' must be set.");
		}
		return new PropertiesServiceBusConnectionDetails(prefix(name), properties,
				this.beans.getBeanProvider(SslBundles.class));
	}

	private ServiceBusObservations observations(String name) {
		return this.beans.getBean(ServiceBusObservations.class)
			.withServerAddress(ServiceBusObservationConfiguration.host(connection(name, properties(name))));
	}

	private static String prefix(String name) {
		return PREFIX + "." + name;
	}

	private static <T> RootBeanDefinition definition(String name, Class<T> type, Supplier<T> supplier) {
		RootBeanDefinition definition = new RootBeanDefinition(type, supplier);
		definition.setDefaultCandidate(false);
		definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, name));
		definition.setRole(BeanDefinition.ROLE_APPLICATION);
		return definition;
	}

}
