package dev.servicebus.annotation;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.beans.factory.config.Scope;

/**
 * What expressions see beside the beans of the application: the bean whose listener they
 * belong to. It holds no beans of its own.
 */
final class ListenerScope implements Scope {

	private static final String LISTENER = "__listener";

	private final Object bean;

	ListenerScope(Object bean) {
		this.bean = bean;
	}

	@Override
	public @Nullable Object resolveContextualObject(String key) {
		return LISTENER.equals(key) ? this.bean : null;
	}

	@Override
	public Object get(String name, ObjectFactory<?> objectFactory) {
		return objectFactory.getObject();
	}

	@Override
	public @Nullable Object remove(String name) {
		return null;
	}

	@Override
	public void registerDestructionCallback(String name, Runnable callback) {
		throw new UnsupportedOperationException("'" + name + "' is not kept here");
	}

}
