package dev.servicebus.boot.autoconfigure;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.DeadLetterHandler;
import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.client.Disposition;
import dev.servicebus.client.ServiceBusSession;
import dev.servicebus.converter.ServiceBusMessageConverter;
import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.Interception;
import dev.servicebus.listener.ListenerContext;
import dev.servicebus.listener.ListenerInterceptor;
import dev.servicebus.listener.ListenerMonitor;
import dev.servicebus.listener.MessageFilter;
import dev.servicebus.listener.MessageLock;
import dev.servicebus.listener.SessionEnd;
import dev.servicebus.listener.SessionLifecycleListener;
import dev.servicebus.listener.SessionState;
import dev.servicebus.listener.Settlement;
import dev.servicebus.listener.container.ListenerThreads;
import dev.servicebus.listener.event.ListenerEvent;
import dev.servicebus.message.ServiceBusReceivedMessage;
import dev.servicebus.observation.DefaultServiceBusProcessObservationConvention;
import dev.servicebus.observation.DefaultServiceBusSettleObservationConvention;
import dev.servicebus.observation.ServiceBusProcessContext;
import dev.servicebus.observation.ServiceBusProcessObservationConvention;
import dev.servicebus.observation.ServiceBusSettleContext;
import dev.servicebus.observation.ServiceBusSettleObservationConvention;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.AbstractMessageConverter;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.util.MimeTypeUtils;

/**
 * An application with every callback that a listener can have, each of which asks for
 * {@link Trouble}.
 */
@Configuration(proxyBeanMethods = false)
class TroubledApplication {

	private final Trouble trouble = new Trouble();

	private final BlockingQueue<String> good = new LinkedBlockingQueue<>();

	private final CountDownLatch slowBegun = new CountDownLatch(1);

	private final CountDownLatch slowEnd = new CountDownLatch(1);

	@ServiceBusListener(queue = "orders", id = "orders", filter = "filter", executor = "executor")
	CompletableFuture<Void> handle(Order order, Ticket ticket, Settlement settlement, MessageLock lock)
			throws InterruptedException {
		this.trouble.at("listener");
		if (order.text().equals("bad")) {
			throw new IllegalArgumentException("bad order");
		}
		if (order.text().equals("slow") && this.slowEnd.getCount() > 0) {
			lock.onLost(() -> this.trouble.at("lock lost"));
			this.slowBegun.countDown();
			this.slowEnd.await(20, TimeUnit.SECONDS);
		}
		settlement.complete().thenRun(() -> this.trouble.at("settlement callback"));
		if (order.text().equals("good")) {
			this.good.add(order.text());
		}
		return CompletableFuture.runAsync(() -> this.trouble.at("result"));
	}

	@DeadLetterHandler
	void giveUp(ServiceBusReceivedMessage message) {
		this.trouble.at("dead-letter handler");
	}

	@ServiceBusListener(queue = "baskets", sessions = "true", properties = "sessionIdleTimeout=200ms")
	void handle(String item, SessionState<Order> state) {
		state.set(new Order(item));
		if (item.startsWith("good")) {
			this.good.add(item);
		}
	}

	List<String> nextGood() throws InterruptedException {
		return List.of(String.valueOf(this.good.poll(20, TimeUnit.SECONDS)),
				String.valueOf(this.good.poll(20, TimeUnit.SECONDS)));
	}

	void awaitSlow() throws InterruptedException {
		this.slowBegun.await(20, TimeUnit.SECONDS);
	}

	void endSlow() {
		this.slowEnd.countDown();
	}

	@EventListener
	void on(ListenerEvent.Paused event) {
		this.trouble.at("event listener");
	}

	@Bean
	Trouble trouble() {
		return this.trouble;
	}

	@Bean
	ErrorHandler errorHandler() {
		return (failure) -> {
			this.trouble.at("error handler");
			return failure.proposal();
		};
	}

	@Bean
	MessageFilter filter() {
		return (message) -> {
			this.trouble.at("filter");
			return true;
		};
	}

	@Bean
	Executor executor(ListenerThreads threads) {
		return (task) -> {
			this.trouble.at("executor");
			threads.executor().execute(task);
		};
	}

	@Bean
	ListenerMonitor monitor() {
		return new ListenerMonitor() {

			@Override
			public void settled(String listenerId, ServiceBusReceivedMessage message, Disposition disposition) {
				TroubledApplication.this.trouble.at("monitor");
			}

		};
	}

	@Bean
	ListenerInterceptor interceptor() {
		return new ListenerInterceptor() {

			@Override
			public Interception before(ServiceBusReceivedMessage message, ListenerContext context) {
				TroubledApplication.this.trouble.at("interceptor before");
				return Interception.proceed(message);
			}

			@Override
			public void after(ServiceBusReceivedMessage message, ListenerContext context, @Nullable Throwable error) {
				TroubledApplication.this.trouble.at("interceptor after");
			}

		};
	}

	@Bean
	SessionLifecycleListener sessionLifecycleListener() {
		return new SessionLifecycleListener() {

			@Override
			public void sessionOpened(String listenerId, ServiceBusSession session) {
				TroubledApplication.this.trouble.at("session opened");
			}

			@Override
			public void sessionClosing(String listenerId, ServiceBusSession session, SessionEnd reason) {
				TroubledApplication.this.trouble.at("session closing");
			}

		};
	}

	@Bean
	HandlerMethodArgumentResolver ticketResolver() {
		return new HandlerMethodArgumentResolver() {

			@Override
			public boolean supportsParameter(MethodParameter parameter) {
				return parameter.getParameterType() == Ticket.class;
			}

			@Override
			public Object resolveArgument(MethodParameter parameter, Message<?> message) {
				TroubledApplication.this.trouble.at("argument resolver");
				return new Ticket();
			}

		};
	}

	@Bean
	ServiceBusMessageConverter converter() {
		return ServiceBusMessageConverter.of(new OrderConverter(this.trouble));
	}

	@Bean
	ServiceBusProcessObservationConvention processConvention() {
		return new DefaultServiceBusProcessObservationConvention() {

			@Override
			public KeyValues getLowCardinalityKeyValues(ServiceBusProcessContext context) {
				TroubledApplication.this.trouble.at("process convention");
				return super.getLowCardinalityKeyValues(context);
			}

		};
	}

	@Bean
	ServiceBusSettleObservationConvention settleConvention() {
		return new DefaultServiceBusSettleObservationConvention() {

			@Override
			public KeyValues getLowCardinalityKeyValues(ServiceBusSettleContext context) {
				TroubledApplication.this.trouble.at("settle convention");
				return super.getLowCardinalityKeyValues(context);
			}

		};
	}

	@Bean
	ObservationRegistry observationRegistry() {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new TroubledHandler(this.trouble));
		return registry;
	}

	record Order(String text) {

	}

	record Ticket() {

	}

	private static final class OrderConverter extends AbstractMessageConverter {

		private final Trouble trouble;

		OrderConverter(Trouble trouble) {
			super(MimeTypeUtils.ALL);
			this.trouble = trouble;
		}

		@Override
		protected boolean supports(Class<?> type) {
			return type == Order.class;
		}

		@Override
		protected Object convertFromInternal(Message<?> message, Class<?> targetClass, @Nullable Object hint) {
			this.trouble.at("converter");
			return new Order(new String((byte[]) message.getPayload()));
		}

		@Override
		protected Object convertToInternal(Object payload, @Nullable MessageHeaders headers, @Nullable Object hint) {
			this.trouble.at("session state");
			return ((Order) payload).text().getBytes();
		}

	}

	private record TroubledHandler(Trouble trouble) implements ObservationHandler<Observation.Context> {

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof ServiceBusProcessContext || context instanceof ServiceBusSettleContext;
		}

		@Override
		public void onStart(Observation.Context context) {
			this.trouble.at("observation start");
		}

		@Override
		public void onScopeOpened(Observation.Context context) {
			this.trouble.at("observation scope");
		}

		@Override
		public void onScopeClosed(Observation.Context context) {
			this.trouble.at("observation scope end");
		}

		@Override
		public void onStop(Observation.Context context) {
			this.trouble.at("observation stop");
		}

	}

}
