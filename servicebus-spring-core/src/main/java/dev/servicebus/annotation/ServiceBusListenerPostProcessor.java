package dev.servicebus.annotation;

import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.Assert;

/**
 * Finds annotated methods and classes while beans are created, and registers their
 * listeners once all singletons exist; those of beans that come later at once.
 */
final class ServiceBusListenerPostProcessor implements BeanPostProcessor, BeanFactoryAware, SmartInitializingSingleton {

	private final Set<Class<?>> withoutListeners = ConcurrentHashMap.newKeySet();

	private final Queue<List<ListenerDeclaration>> found = new ConcurrentLinkedQueue<>();

	private @Nullable ConfigurableListableBeanFactory beanFactory;

	private volatile @Nullable EndpointRegistration registration;

	@Override
	public void setBeanFactory(BeanFactory newBeanFactory) {
		this.beanFactory = (ConfigurableListableBeanFactory) newBeanFactory;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		Class<?> type = AopProxyUtils.ultimateTargetClass(bean);
		if (bean instanceof AopInfrastructureBean || this.withoutListeners.contains(type)) {
			return bean;
		}
		List<ListenerDeclaration> declarations = ListenerDeclarations.of(bean, beanName, type);
		if (declarations.isEmpty()) {
			this.withoutListeners.add(type);
		}
		else {
			add(declarations);
		}
		return bean;
	}

	@Override
	public void afterSingletonsInstantiated() {
		ConfigurableListableBeanFactory factory = this.beanFactory;
		Assert.state(factory != null, "the bean factory is not set");
		EndpointRegistration created = new EndpointRegistration(factory);
		for (List<ListenerDeclaration> next = this.found.poll(); next != null; next = this.found.poll()) {
			created.register(next);
		}
		factory.getBeanProvider(ServiceBusListenerConfigurer.class)
			.orderedStream()
			.forEach((configurer) -> configurer.configureListeners(created.registry()));
		this.registration = created;
	}

	private void add(List<ListenerDeclaration> declarations) {
		EndpointRegistration current = this.registration;
		if (current != null) {
			current.register(declarations);
		}
		else {
			this.found.add(declarations);
		}
	}

}
