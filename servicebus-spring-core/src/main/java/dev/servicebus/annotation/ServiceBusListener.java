package dev.servicebus.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.messaging.handler.annotation.MessageMapping;

/**
 * Makes a method of a bean the listener of a queue or subscription; or a class, whose
 * {@link ServiceBusHandler} methods then share the messages by the types of their
 * payloads.
 *
 * <p>
 * The method may take the payload as any type that can be made of it, a Spring
 * {@code Message}, annotated headers, the
 * {@link dev.servicebus.message.ServiceBusReceivedMessage}, its
 * {@link dev.servicebus.listener.Settlement}, with sessions the
 * {@link dev.servicebus.client.ServiceBusSession}, in any order, or nothing. With a
 * {@code List} of payloads, Spring messages or received messages it takes batches, and
 * their {@link dev.servicebus.listener.BatchSettlement}. When it returns, or the
 * {@code CompletableFuture} or {@code Mono} that it returns ends, the message is
 * completed; when it throws, the message is retried and finally dead-lettered.
 *
 * <p>
 * What it returns is sent as a reply before the message is completed: to the reply-to
 * address of the message, or else to the destination that {@code @SendTo} names on the
 * method or its class. Nothing is sent for {@code null}.
 *
 * <p>
 * All attributes take placeholders and expressions ({@code ${...}}, <code>#{...}</code>,
 * in which {@code __listener} is the bean itself). An attribute that is left empty is as
 * the container factory says, which is where the properties {@code servicebus.listener.*}
 * go. An attribute that cannot be read, or contradicts another one, stops the application
 * with a message that names it.
 */
@Target({ ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@MessageMapping
@Repeatable(ServiceBusListeners.class)
public @interface ServiceBusListener {

	/**
	 * Names the listener in the registry, in logs, metrics and properties. By default the
	 * name of the bean, a hyphen, and the name of the method; on a class the name of the
	 * bean.
	 */
	String id() default "";

	/**
	 * The namespace in which to listen, if the application has several: the qualifier or
	 * name of a {@link dev.servicebus.endpoint.ServiceBusListenerContainerFactory} bean,
	 * as the properties {@code servicebus.namespaces.*} define them. Not together with
	 * {@link #containerFactory()}. By default the namespace of the application.
	 */
	String namespace() default "";

	/**
	 * The queue; or else {@link #topic()} and {@link #subscription()}. There may be
	 * several, also separated by commas, and an expression may result in several: the
	 * listener then has a container for each of them, which all work as the annotation
	 * says, with ids made of {@link #id()}, a hyphen, and the name of the queue.
	 */
	String[] queue() default {};

	/**
	 * The topic that {@link #subscription()} belongs to.
	 */
	String topic() default "";

	/**
	 * The subscription.
	 */
	String subscription() default "";

	/**
	 * The part of the queue or subscription: {@code none}, {@code dead-letter} or
	 * {@code transfer-dead-letter}. By default the entity itself.
	 */
	String subQueue() default "";

	/**
	 * How many messages are handled at once: a number such as {@code 8}, or a range such
	 * as {@code 2-8}. By default 1.
	 * @see dev.servicebus.listener.Concurrency
	 */
	String concurrency() default "";

	/**
	 * How many messages may wait beside those that are being handled. By default 0.
	 */
	String prefetch() default "";

	/**
	 * Whether the queue or subscription requires sessions: {@code true} for a listener
	 * that takes sessions and handles the messages of each one after another, in their
	 * order. {@link #concurrency()} then says how many sessions at once, and
	 * {@link #prefetch()} counts for each of them. By default {@code false}.
	 */
	String sessions() default "";

	/**
	 * The only sessions that the listener takes, whether or not they have messages;
	 * implies {@link #sessions()}. An expression may result in several. By default
	 * whatever session has messages.
	 */
	String[] sessionIds() default {};

	/**
	 * Which messages make a batch, if the method takes batches because it has a
	 * {@code List} parameter: how many at most, and how long the first one waits for
	 * others, for example {@code 50, 200ms}. {@link #concurrency()} then says how many
	 * batches are handled at once. By default 100 messages and a second.
	 * @see dev.servicebus.endpoint.BatchExpression
	 */
	String batch() default "";

	/**
	 * Who settles the messages: {@code auto}, {@code always} (which also completes those
	 * that the method fails with), {@code manual} or {@code receive-and-delete}. By
	 * default {@code auto}.
	 * @see dev.servicebus.listener.SettlementMode
	 */
	String settlement() default "";

	/**
	 * Whether what the template sends on the method's thread, and how the message is
	 * settled, are done as a whole. By default {@code false}.
	 */
	String transactional() default "";

	/**
	 * How often a message is handed to the method, and how long to wait in between, for
	 * example {@code exponential 5s x2 max 10m, attempts 8}, {@code fixed 30s} or
	 * {@code none}. By default four attempts with 1, 2 and 4 seconds between them.
	 * @see dev.servicebus.endpoint.RetryExpression
	 */
	String retry() default "";

	/**
	 * Whether a requester is told when its request has failed for good, instead of the
	 * request being dead-lettered. By default {@code false}.
	 * @see dev.servicebus.listener.FailureOptions#returnExceptions()
	 */
	String returnExceptions() default "";

	/**
	 * The media type of replies that do not say so themselves, for example
	 * {@code application/vnd.shop+json}. By default what the converter makes.
	 */
	String replyContentType() default "";

	/**
	 * How long the lock of a message is renewed while it is handled, for example
	 * {@code 10m}; {@code 0s} for not at all. By default an hour.
	 */
	String maxLockRenewal() default "";

	/**
	 * Whether the listener starts with the application. By default {@code true}.
	 */
	String autoStartup() default "";

	/**
	 * The name of a {@link dev.servicebus.listener.ErrorHandler} bean, or an expression
	 * for one. By default the one of the container factory.
	 */
	String errorHandler() default "";

	/**
	 * The name of a {@link dev.servicebus.listener.MessageFilter} bean, or an expression
	 * for one. Messages that it does not accept are completed without the method. By
	 * default all messages are accepted.
	 */
	String filter() default "";

	/**
	 * The name of a {@link dev.servicebus.converter.ServiceBusMessageConverter} bean, or
	 * of one of Spring's {@link org.springframework.messaging.converter.MessageConverter}
	 * for the payloads, or an expression for one. It makes the arguments of the method
	 * and its replies. By default the one of the application.
	 */
	String converter() default "";

	/**
	 * A text about the listener, which the method finds as header
	 * {@link dev.servicebus.converter.ServiceBusHeaders#LISTENER_INFO} of each message,
	 * for example to tell repeated annotations apart. By default there is none.
	 */
	String info() default "";

	/**
	 * The name of a {@link java.util.concurrent.Executor} bean that calls the method, or
	 * an expression for one. It must have as many threads as {@link #concurrency()} says,
	 * and must not run tasks in the caller. By default the one of the container factory.
	 */
	String executor() default "";

	/**
	 * The name of a {@link dev.servicebus.endpoint.ServiceBusListenerContainerFactory}
	 * bean, or an expression for one. By default
	 * {@value EnableServiceBus#CONTAINER_FACTORY}.
	 */
	String containerFactory() default "";

	/**
	 * Further options as {@code name=value}, by the names of
	 * {@link dev.servicebus.listener.ListenerOptions}: {@code shutdownTimeout},
	 * {@code startupPolicy}, {@code startupTimeout}, {@code idleEventInterval} and
	 * {@code stuckAfter}; of {@link dev.servicebus.listener.FailureOptions}:
	 * {@code retryHoldLimit}, {@code retryQueue}, {@code retryable} and
	 * {@code notRetryable} with the names of classes, separated by commas, and
	 * {@code stopOnFatalError}; with sessions also {@code sessionIdleTimeout},
	 * {@code sessionMaxConcurrentCalls} and {@code sessionFailurePolicy}, see
	 * {@link dev.servicebus.listener.SessionOptions}.
	 */
	String[] properties() default {};

}
