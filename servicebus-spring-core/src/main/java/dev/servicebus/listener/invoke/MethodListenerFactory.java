package dev.servicebus.listener.invoke;

import java.lang.reflect.Method;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.messaging.handler.invocation.InvocableHandlerMethod;
import org.springframework.validation.Validator;

import dev.servicebus.converter.ServiceBusMessageConverter;
import dev.servicebus.listener.BatchMessageListener;
import dev.servicebus.listener.MessageListener;
import dev.servicebus.listener.SessionState;
import dev.servicebus.listener.reply.Answers;

/**
 * Makes listeners of methods. A method may take, in any order and number: the payload, as
 * any type that the converter can make of it; a Spring {@code Message}; annotated headers
 * and payloads, validated where they are marked so; the received message, its
 * {@link dev.servicebus.listener.Settlement} and
 * {@link dev.servicebus.listener.ListenerContext}. A method with a {@code List} that is
 * not marked as payload takes batches: of payloads, of Spring messages or of received
 * messages, with a {@link dev.servicebus.listener.BatchSettlement} or
 * {@link dev.servicebus.listener.BatchContext} if it likes. Thread-safe.
 */
public final class MethodListenerFactory {

	private final ListenerMethods methods;

	private final BeanFactory beanFactory;

	private final ServiceBusMessageConverter converter;

	private final @Nullable Validator validator;

	private final List<HandlerMethodArgumentResolver> resolvers;

	/**
	 * Makes a factory.
	 * @param beanFactory resolves placeholders in annotations of arguments
	 * @param converter makes the payloads
	 * @param validator validates payloads marked with {@code @Valid}, {@code null} for
	 * none
	 * @param resolvers make arguments of other kinds; they are asked before those for
	 * payloads and headers, and for methods that take batches, too
	 */
	public MethodListenerFactory(BeanFactory beanFactory, ServiceBusMessageConverter converter,
			@Nullable Validator validator, List<HandlerMethodArgumentResolver> resolvers) {
		ListenerMethods factory = new ListenerMethods(converter.payloadConverter(), validator);
		factory.setBeanFactory(beanFactory);
		factory.setConversionService(HeaderConversions.service());
		factory.setCustomArgumentResolvers(Stream.concat(
				Stream.of(new SuspendingFunctions(), new BatchArgumentResolver(), new ContextArgumentResolver(),
						new ErrorArgumentResolver(), new SessionStateArgumentResolver(converter.payloadConverter())),
				resolvers.stream())
			.toList());
		factory.afterPropertiesSet();
		this.methods = factory;
		this.beanFactory = beanFactory;
		this.converter = converter;
		this.validator = validator;
		this.resolvers = List.copyOf(resolvers);
	}

	/**
	 * A factory that does the same with another converter.
	 * @param change called with the converter of this factory
	 */
	public MethodListenerFactory withConverter(UnaryOperator<ServiceBusMessageConverter> change) {
		ServiceBusMessageConverter changed = change.apply(this.converter);
		return (changed == this.converter) ? this
				: new MethodListenerFactory(this.beanFactory, changed, this.validator, this.resolvers);
	}

	/**
	 * Makes a listener of a method.
	 * @param bean whose method it is
	 * @param method the method, callable on {@code bean}
	 * @param answers sends what the method returns
	 * @param terms what is declared of that
	 * @throws IllegalArgumentException if the method or {@code terms} cannot work
	 */
	public MessageListener create(Object bean, Method method, Answers answers, ReplyTerms terms) {
		InvocableHandlerMethod invocable = this.methods.createInvocableHandlerMethod(bean, method);
		BatchParameter batch = BatchParameter.find(method);
		if (batch != null) {
			checkArgumentsOfBatch(method, terms);
			return new BatchMethodListener(invocable, new BatchElements(batch, this.converter, this.validator));
		}
		this.methods.payloads().refuseSeveral(method);
		return new MethodListener(invocable, this.converter,
				new Replies(this.converter, answers, terms, this.beanFactory));
	}

	/**
	 * Makes a listener of several methods, which share the messages by the types of their
	 * payloads.
	 * @param bean whose methods they are
	 * @param answers sends what the methods return
	 * @throws IllegalArgumentException if a method cannot work, or they contradict each
	 * other
	 */
	public MessageListener create(Object bean, List<PayloadHandler> handlers, Answers answers) {
		return new PayloadMethodsListener(new PayloadMethods(
				handlers.stream().map((handler) -> method(bean, handler, answers)).toList(), this.converter.types()));
	}

	private PayloadMethod method(Object bean, PayloadHandler handler, Answers answers) {
		Method method = handler.method();
		try {
			MessageListener listener = create(bean, method, answers, handler.replies());
			if (listener instanceof BatchMessageListener) {
				throw new IllegalArgumentException("it takes a batch, whose messages may be of many types");
			}
			return new PayloadMethod(method, this.methods.payloads().typeOf(bean, method), handler.isDefault(),
					listener);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("method '" + method.getName() + "': " + ex.getMessage(), ex);
		}
	}

	/**
	 * Adds a method for the messages that a listener has failed with and that are about
	 * to be dead-lettered. It may also take the exception, or one of its causes.
	 * @param bean whose method it is
	 * @param deadLetterMethod the method, callable on {@code bean}
	 * @param result what becomes of a message when the method returns
	 * @throws IllegalArgumentException if the method cannot work
	 */
	public MessageListener recovering(MessageListener listener, Object bean, Method deadLetterMethod,
			DeadLetterResult result) {
		if (BatchParameter.find(deadLetterMethod) != null) {
			throw new IllegalArgumentException("it takes a batch, but is called with one message at a time");
		}
		this.methods.payloads().refuseSeveral(deadLetterMethod);
		RecoveringMethodListener recovering = new RecoveringMethodListener(listener,
				this.methods.createInvocableHandlerMethod(bean, deadLetterMethod), this.converter, result);
		return (listener instanceof BatchMessageListener batches) ? new RecoveringBatchListener(batches, recovering)
				: recovering;
	}

	private void checkArgumentsOfBatch(Method method, ReplyTerms terms) {
		BatchArgumentResolver batches = new BatchArgumentResolver();
		BatchParameter.parameters(method)
			.filter((parameter) -> !batches.supportsParameter(parameter))
			.filter((parameter) -> parameter.getParameterType() != SessionState.class)
			.filter((parameter) -> !SuspendingFunctions.isContinuation(parameter))
			.filter((parameter) -> this.resolvers.stream()
				.noneMatch((resolver) -> resolver.supportsParameter(parameter)))
			.findFirst()
			.ifPresent((parameter) -> {
				throw new IllegalArgumentException("its parameter " + parameter.getParameterIndex() + ", a "
						+ parameter.getParameterType().getSimpleName()
						+ ", is of one message, but it takes a batch as a List; mark a payload that is a list with"
						+ " @Payload");
			});
		if (!terms.equals(ReplyTerms.NONE)) {
			throw new IllegalArgumentException("it takes a batch, to which there is no reply");
		}
	}

}
