package dev.servicebus.listener.invoke;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.expression.BeanFactoryResolver;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.Expression;
import org.springframework.expression.ParseException;
import org.springframework.expression.common.TemplateParserContext;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.StandardEvaluationContext;

import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Where replies go when their requests do not say so.
 */
@FunctionalInterface
interface ReplyDestination {

	/** Nowhere. */
	ReplyDestination NONE = (request, result) -> null;

	/**
	 * Returns the queue or topic for one reply, {@code null} for none.
	 */
	@Nullable String of(ServiceBusReceivedMessage request, Object result);

	/**
	 * Reads a destination: text, in which <code>!{...}</code> is evaluated for each reply
	 * with {@code request} and {@code result}.
	 * @throws IllegalArgumentException if an expression in it cannot be read
	 */
	static ReplyDestination parse(String text, BeanFactory beanFactory) {
		if (text.isEmpty()) {
			return NONE;
		}
		if (!text.contains("!{")) {
			return (request, result) -> text;
		}
		Expression expression = expression(text);
		StandardEvaluationContext context = new StandardEvaluationContext();
		context.setBeanResolver(new BeanFactoryResolver(beanFactory));
		return (request, result) -> evaluate(expression, context, new Exchange(request, result));
	}

	private static Expression expression(String text) {
		try {
			return new SpelExpressionParser().parseExpression(text, new TemplateParserContext("!{", "}"));
		}
		catch (ParseException ex) {
			throw new IllegalArgumentException("expression cannot be read: " + ex.getSimpleMessage(), ex);
		}
	}

	private static @Nullable String evaluate(Expression expression, EvaluationContext context, Exchange exchange) {
		String destination = expression.getValue(context, exchange, String.class);
		return (destination == null || destination.isBlank()) ? null : destination;
	}

	/**
	 * What expressions see.
	 *
	 * @param request the message that was received
	 * @param result what the method has returned
	 */
	record Exchange(ServiceBusReceivedMessage request, Object result) {

	}

}
