package dev.servicebus.annotation;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotationPredicates;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.core.annotation.RepeatableContainers;

/**
 * Finds the listeners that a class declares, on its methods and on itself. An annotation
 * of a supertype counts unless the class has one of its own.
 */
final class ListenerDeclarations {

	private static final RepeatableContainers REPEATABLE = RepeatableContainers
		.explicitRepeatable(ServiceBusListener.class, ServiceBusListeners.class);

	private ListenerDeclarations() {
	}

	/**
	 * Finds the listeners of a bean.
	 * @param type the class of the bean, without proxies
	 */
	static List<ListenerDeclaration> of(Object bean, String beanName, Class<?> type) {
		if (!AnnotationUtils.isCandidateClass(type, List.of(ServiceBusListener.class, ServiceBusListeners.class,
				ServiceBusHandler.class, DeadLetterHandler.class))) {
			return List.of();
		}
		List<ServiceBusListener> ofClass = annotations(type);
		if (ofClass.isEmpty() && MethodIntrospector.selectMethods(type, ListenerDeclarations::isAnnotated).isEmpty()) {
			return List.of();
		}
		List<ListenerDeclaration> declarations = new ArrayList<>();
		Map<Method, List<ServiceBusListener>> annotated = MethodIntrospector.selectMethods(type,
				ListenerDeclarations::ofMethod);
		annotated.forEach((method, annotations) -> annotations.forEach((annotation) -> declarations
			.add(new ListenerDeclaration(bean, beanName, method, List.of(method), annotation))));
		List<Method> handlers = handlers(type);
		if (ofClass.isEmpty() && !handlers.isEmpty()) {
			throw neverCalled(ServiceBusHandler.class, handlers.get(0), beanName, "on its class");
		}
		ofClass.forEach(
				(annotation) -> declarations.add(new ListenerDeclaration(bean, beanName, type, handlers, annotation)));
		if (declarations.isEmpty()) {
			DeadLetterMethods.of(type).keySet().stream().findFirst().ifPresent((method) -> {
				throw neverCalled(DeadLetterHandler.class, method, beanName, "in its class");
			});
		}
		return declarations;
	}

	private static InvalidListenerException neverCalled(Class<? extends Annotation> annotation, Method method,
			String beanName, String place) {
		return new InvalidListenerException(
				"@" + annotation.getSimpleName() + " on method " + ListenerDeclaration.describe(method) + " of bean '"
						+ beanName + "': there is no @ServiceBusListener " + place + ", so nothing calls it",
				null);
	}

	/** Nearly all classes have no such method, and are looked through once only. */
	private static boolean isAnnotated(Method method) {
		MergedAnnotations annotations = MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY, REPEATABLE);
		return annotations.isPresent(ServiceBusListener.class) || annotations.isPresent(ServiceBusHandler.class)
				|| annotations.isPresent(DeadLetterHandler.class);
	}

	/** In an order that does not depend on the virtual machine. */
	private static List<Method> handlers(Class<?> type) {
		return MethodIntrospector
			.selectMethods(type,
					(Method method) -> AnnotatedElementUtils.hasAnnotation(method, ServiceBusHandler.class))
			.stream()
			.sorted(Comparator.comparing(Method::toGenericString))
			.toList();
	}

	private static @Nullable List<ServiceBusListener> ofMethod(Method method) {
		List<ServiceBusListener> annotations = annotations(method);
		return annotations.isEmpty() ? null : annotations;
	}

	private static List<ServiceBusListener> annotations(AnnotatedElement element) {
		return MergedAnnotations.from(element, SearchStrategy.TYPE_HIERARCHY, REPEATABLE)
			.stream(ServiceBusListener.class)
			.filter(MergedAnnotationPredicates.firstRunOf(MergedAnnotation::getAggregateIndex))
			.map(MergedAnnotation::synthesize)
			.toList();
	}

}
