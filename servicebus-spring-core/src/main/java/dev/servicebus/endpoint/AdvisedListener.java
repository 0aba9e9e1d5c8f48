package dev.servicebus.endpoint;

import java.util.List;

import org.aopalliance.aop.Advice;
import org.springframework.aop.framework.ProxyFactory;

import dev.servicebus.listener.MessageListener;

/**
 * Puts advice around listeners.
 */
final class AdvisedListener {

	private AdvisedListener() {
	}

	/**
	 * A listener that passes through the advice, the first outermost. It has all
	 * interfaces of the original.
	 */
	static MessageListener of(MessageListener listener, List<Advice> advice) {
		if (advice.isEmpty()) {
			return listener;
		}
		ProxyFactory proxy = new ProxyFactory(listener);
		advice.forEach(proxy::addAdvice);
		return (MessageListener) proxy.getProxy(MessageListener.class.getClassLoader());
	}

}
