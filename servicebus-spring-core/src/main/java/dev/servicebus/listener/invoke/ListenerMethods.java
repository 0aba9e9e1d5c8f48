package dev.servicebus.listener.invoke;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.handler.annotation.support.DefaultMessageHandlerMethodFactory;
import org.springframework.messaging.handler.annotation.support.PayloadMethodArgumentResolver;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolverComposite;
import org.springframework.messaging.handler.invocation.InvocableHandlerMethod;
import org.springframework.messaging.handler.invocation.MethodArgumentResolutionException;
import org.springframework.validation.Validator;

/**
 * Makes methods that can be called with a message, and that tell a message that does not
 * fit apart from a method that fails.
 */
final class ListenerMethods extends DefaultMessageHandlerMethodFactory {

	private final HandlerMethodArgumentResolverComposite resolvers = new HandlerMethodArgumentResolverComposite();

	private final NullablePayloadResolver payloadResolver;

	private final PayloadParameters payloads = new PayloadParameters(this.resolvers::getResolvers);

	ListenerMethods(MessageConverter converter, @Nullable Validator validator) {
		this.payloadResolver = new NullablePayloadResolver(converter, validator);
		setMessageConverter(converter);
	}

	@Override
	public void afterPropertiesSet() {
		super.afterPropertiesSet();
		for (HandlerMethodArgumentResolver resolver : initArgumentResolvers()) {
			this.resolvers
				.addResolver((resolver instanceof PayloadMethodArgumentResolver) ? this.payloadResolver : resolver);
		}
	}

	/**
	 * Which parameters of its methods are payloads.
	 */
	PayloadParameters payloads() {
		return this.payloads;
	}

	@Override
	public InvocableHandlerMethod createInvocableHandlerMethod(Object bean, Method method) {
		SuspendingFunctions.check(method);
		InvocableHandlerMethod invocable = new ListenerHandlerMethod(bean, method);
		invocable.setMessageMethodArgumentResolvers(this.resolvers);
		return invocable;
	}

	/**
	 * A method whose arguments fail with one of two kinds of exceptions, whatever Spring
	 * throws for a missing header or one of the wrong type.
	 */
	private static final class ListenerHandlerMethod extends InvocableHandlerMethod {

		ListenerHandlerMethod(Object bean, Method method) {
			super(bean, method);
		}

		@Override
		protected Object[] getMethodArgumentValues(Message<?> message, Object... providedArgs) throws Exception {
			try {
				return super.getMethodArgumentValues(message, providedArgs);
			}
			catch (MessageConversionException | MethodArgumentResolutionException ex) {
				throw ex;
			}
			catch (Exception ex) {
				throw new MessageConversionException("The message does not fit the method: " + ex.getMessage(), ex);
			}
		}

		@Override
		protected @Nullable Object doInvoke(@Nullable Object... args) throws Exception {
			Method method = getBridgedMethod();
			return SuspendingFunctions.isSuspending(method) ? SuspendingFunctions.invoke(method, getBean(), args)
					: super.doInvoke(args);
		}

	}

}
