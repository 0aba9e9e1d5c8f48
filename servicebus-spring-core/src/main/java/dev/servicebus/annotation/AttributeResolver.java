package dev.servicebus.annotation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.BeanExpressionException;
import org.springframework.beans.factory.config.BeanExpressionContext;
import org.springframework.beans.factory.config.BeanExpressionResolver;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.Scope;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.util.ObjectUtils;

/**
 * Resolves placeholders, expressions and the names of beans.
 */
final class AttributeResolver {

	private final ConfigurableListableBeanFactory beanFactory;

	private final BeanExpressionContext context;

	AttributeResolver(ConfigurableListableBeanFactory beanFactory) {
		this(beanFactory, null);
	}

	private AttributeResolver(ConfigurableListableBeanFactory beanFactory, @Nullable Scope scope) {
		this.beanFactory = beanFactory;
		this.context = new BeanExpressionContext(beanFactory, scope);
	}

	/**
	 * A resolver whose expressions see a listener bean.
	 */
	AttributeResolver of(Object bean) {
		return new AttributeResolver(this.beanFactory, new ListenerScope(bean));
	}

	/**
	 * The text that an attribute stands for.
	 */
	String text(String value) {
		Object resolved = resolve(value);
		return (resolved != null) ? resolved.toString().strip() : "";
	}

	/**
	 * The texts that the values of an attribute stand for. Expressions may result in
	 * several.
	 */
	List<String> texts(String[] values) {
		List<String> texts = new ArrayList<>();
		for (String value : values) {
			for (Object text : ObjectUtils.toObjectArray(several(resolve(value)))) {
				texts.add((text != null) ? text.toString().strip() : "");
			}
		}
		return texts;
	}

	private static @Nullable Object several(@Nullable Object value) {
		if (value instanceof Collection<?> collection) {
			return collection.toArray();
		}
		return ObjectUtils.isArray(value) ? value : new @Nullable Object[] { value };
	}

	/**
	 * The bean that an attribute names, or the object that its expression results in;
	 * {@code null} if the attribute is empty.
	 */
	<T> @Nullable T bean(String value, Class<T> type) {
		Object resolved = resolve(value);
		if (resolved == null || "".equals(resolved)) {
			return null;
		}
		if (resolved instanceof String name) {
			return this.beanFactory.getBean(name, type);
		}
		if (type.isInstance(resolved)) {
			return type.cast(resolved);
		}
		throw new IllegalArgumentException(
				"expected a " + type.getName() + " but the expression results in a " + resolved.getClass().getName());
	}

	/**
	 * The bean with a qualifier or name.
	 */
	<T> T qualified(String qualifier, Class<T> type) {
		return BeanFactoryAnnotationUtils.qualifiedBeanOfType(this.beanFactory, type, qualifier);
	}

	private @Nullable Object resolve(String value) {
		String embedded = this.beanFactory.resolveEmbeddedValue(value);
		if (embedded != null && embedded.contains("${")) {
			throw new IllegalArgumentException("a placeholder cannot be resolved in '" + embedded + "'");
		}
		BeanExpressionResolver expressions = this.beanFactory.getBeanExpressionResolver();
		try {
			return (expressions != null) ? expressions.evaluate(embedded, this.context) : embedded;
		}
		catch (BeanExpressionException ex) {
			throw new IllegalArgumentException("'" + embedded + "' cannot be evaluated: "
					+ NestedExceptionUtils.getMostSpecificCause(ex).getMessage(), ex);
		}
	}

}
