package dev.servicebus.annotation;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.core.annotation.RepeatableContainers;
import org.springframework.util.Assert;

/**
 * Finds annotated methods while beans are created, and registers their listeners once all
 * singletons exist; those of beans that come later at once.
 */
final class ServiceBusListenerPostProcessor implements BeanPostProcessor, BeanFactoryAware, SmartInitializingSingleton {

	private static final RepeatableContainers REPEATABLE = RepeatableContainers
		.explicitRepeatable(ServiceBusListener.class, ServiceBusListeners.class);

	private final Set<Class<?>> withoutListeners = ConcurrentHashMap.newKeySet();

	private final Queue<ListenerDeclaration> found = new ConcurrentLinkedQueue<>();

	private @Nullable ConfigurableListableBeanFactory beanFactory;

	private volatile @Nullable EndpointRegistration registration;

	@Override
	public void setBeanFactory(BeanFactory newBeanFactory) {
		this.beanFactory = (ConfigurableListableBeanFactory) newBeanFactory;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		Class<?> type = AopProxyUtils.ultimateTargetClass(bean);
		if (bean instanceof AopInfrastructureBean || this.withoutListeners.contains(type) || !AnnotationUtils
			.isCandidateClass(type, List.of(ServiceBusListener.class, ServiceBusListeners.class))) {
			return bean;
		}
		Map<Method, List<ServiceBusListener>> methods = MethodIntrospector.selectMethods(type, this::annotations);
		if (methods.isEmpty()) {
			this.withoutListeners.add(type);
		}
		methods.forEach((method, annotations) -> add(bean, beanName, method, annotations));
		return bean;
	}

	@Override
	public void afterSingletonsInstantiated() {
		ConfigurableListableBeanFactory factory = this.beanFactory;
		Assert.state(factory != null, "the bean factory is not set");
		EndpointRegistration created = new EndpointRegistration(factory);
		for (ListenerDeclaration next = this.found.poll(); next != null; next = this.found.poll()) {
			created.register(next);
		}
		factory.getBeanProvider(ServiceBusListenerConfigurer.class)
			.orderedStream()
			.forEach((configurer) -> configurer.configureListeners(created));
		this.registration = created;
	}

	private @Nullable List<ServiceBusListener> annotations(Method method) {
		List<ServiceBusListener> annotations = MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY, REPEATABLE)
			.stream(ServiceBusListener.class)
			.map(MergedAnnotation::synthesize)
			.toList();
		return annotations.isEmpty() ? null : annotations;
	}

	private void add(Object bean, String beanName, Method method, List<ServiceBusListener> annotations) {
		Method invocable = AopUtils.selectInvocableMethod(method, bean.getClass());
		EndpointRegistration current = this.registration;
		for (ServiceBusListener annotation : annotations) {
			ListenerDeclaration listener = new ListenerDeclaration(bean, beanName, invocable, annotation);
			if (current != null) {
				current.register(listener);
			}
			else {
				this.found.add(listener);
			}
		}
	}

}
