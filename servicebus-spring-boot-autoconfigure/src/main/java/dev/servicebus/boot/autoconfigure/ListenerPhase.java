package dev.servicebus.boot.autoconfigure;

import dev.servicebus.annotation.EnableServiceBus;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Gives the registry of all listeners the phase that the property
 * {@code servicebus.listener.phase} says, unless the application has defined a registry
 * of its own.
 */
final class ListenerPhase implements BeanFactoryPostProcessor {

	private final Environment environment;

	ListenerPhase(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		if (beanFactory.containsBeanDefinition(EnableServiceBus.REGISTRY)) {
			BeanDefinition registry = beanFactory.getBeanDefinition(EnableServiceBus.REGISTRY);
			if (registry.getFactoryMethodName() == null) {
				Binder.get(this.environment)
					.bind("servicebus.listener.phase", Integer.class)
					.ifBound((phase) -> registry.getConstructorArgumentValues().addGenericArgumentValue(phase));
			}
		}
	}

}
