package dev.servicebus.annotation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.client.Disposition;
import dev.servicebus.converter.MessageType;
import dev.servicebus.converter.MessageTypes;
import dev.servicebus.endpoint.ServiceBusListenerEndpointRegistry;
import dev.servicebus.listener.Settlement;
import dev.servicebus.listener.container.ServiceBusListenerContainer;
import dev.servicebus.listener.invoke.NoHandlerException;
import dev.servicebus.listener.support.FakeClient;
import dev.servicebus.listener.support.FakeSource;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.springframework.aop.MethodBeforeAdvice;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.SendTo;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Classes whose methods share the messages of a listener by the types of the payloads.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ServiceBusHandlerTests {

	private static final Disposition COMPLETED = new Disposition.Complete();

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	@BeforeEach
	void start() {
		this.context.register(ListenerTestConfiguration.class, Proxies.class);
		this.context.registerBean("strict", Strict.class);
		this.context.registerBean("open", Open.class);
		this.context.registerBean("single", Single.class);
		this.context.registerBean("proxied", Proxied.class);
		this.context.refresh();
	}

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void messageGoesToTheMethodOfTheTypeThatItNames() {
		publish("strict", "order-placed", "{\"id\":\"1\"}");
		publish("strict", "order-cancelled", "{\"id\":\"2\"}");
		assertThat(calls(Strict.class)).containsExactly("placed 1 7", "cancelled 2");
		assertThat(source("strict").dispositions()).hasSize(2).containsOnly(COMPLETED);
	}

	@Test
	void textAndBytesWithoutANameGoToTheirMethods() {
		source("strict").publish(message("{}", (message) -> message.contentType("text/plain;charset=utf-8")));
		source("strict").publish(message("{}", (message) -> message.contentType("application/octet-stream")));
		assertThat(calls(Strict.class)).containsExactly("text {}", "bytes 2");
	}

	@Test
	void messageForNoMethodIsDeadLetteredAtOnceWithAReasonThatNamesTheTypes() {
		publish("strict", "order-lost", "{}");
		source("strict").publish(message("{}", (message) -> message.contentType("application/json")));
		assertThat(calls(Strict.class)).isEmpty();
		assertThat(source("strict").dispositions()).hasSize(2).allSatisfy((disposition) -> {
			Disposition.DeadLetter deadLetter = (Disposition.DeadLetter) disposition;
			assertThat(deadLetter.reason()).isEqualTo(NoHandlerException.class.getName());
			assertThat(deadLetter.description()).contains("placed(Placed)", "cancelled(Cancelled)", "text(String)",
					"[order-cancelled, order-placed]");
		});
		assertThat(((Disposition.DeadLetter) source("strict").dispositions().get(0)).description())
			.contains("is a 'order-lost'");
		assertThat(((Disposition.DeadLetter) source("strict").dispositions().get(1)).description())
			.contains("does not name its type", "application/json");
	}

	@Test
	void defaultMethodGetsWhatNoOtherMethodIsFor() {
		publish("open", "order-placed", "{\"id\":\"1\"}");
		publish("open", "order-lost", "lost");
		source("open").publish(FakeClient.message("unnamed"));
		assertThat(calls(Open.class)).containsExactly("placed 1", "other lost", "other unnamed");
	}

	@Test
	void onlyMethodGetsMessagesWithoutAName() {
		source("single").publish(FakeClient.message("{\"id\":\"1\"}"));
		publish("single", "order-lost", "{\"id\":\"2\"}");
		assertThat(calls(Single.class)).containsExactly("single 1");
		assertThat(source("single").dispositions()).element(1).isInstanceOf(Disposition.DeadLetter.class);
	}

	@Test
	void methodsTakeAndReturnWhatMethodsOfListenersDo() {
		source("open").publish(message("{\"id\":\"9\"}",
				(message) -> message.applicationProperty(MessageTypes.PROPERTY, "order-cancelled")
					.applicationProperty("why", "late")));
		assertThat(source("open").dispositions()).singleElement().isInstanceOf(Disposition.Defer.class);
		assertThat(this.context.getBean(FakeClient.class).sends().sent()).singleElement().satisfies((reply) -> {
			assertThat(reply.destination()).isEqualTo("answers");
			assertThat(reply.body()).isEqualTo("cancelled 9, late");
		});
	}

	@Test
	void lastResortOfTheClassIsCalledForAllMethods() {
		publish("strict", "order-placed", "{\"id\":\"broken\"}");
		assertThat(calls(Strict.class)).containsExactly("last resort");
		assertThat(source("strict").dispositions()).containsExactly(COMPLETED);
	}

	@Test
	void idIsTheNameOfTheBeanAndAnnotationsOnClassesAreRepeatable() {
		ServiceBusListenerEndpointRegistry registry = this.context.getBean(ServiceBusListenerEndpointRegistry.class);
		assertThat(registry.getListenerContainers()).extracting(ServiceBusListenerContainer::id)
			.containsExactlyInAnyOrder("strict", "open", "single", "single#2", "proxied");
	}

	@Test
	void methodsAreCalledThroughAProxyOfInterfaces() {
		publish("proxied", "order-placed", "{\"id\":\"1\"}");
		assertThat(this.context.getBean(Proxies.class).calls).containsExactly("before placed");
		assertThat(source("proxied").dispositions()).containsExactly(COMPLETED);
	}

	private void publish(String queue, String type, String body) {
		source(queue).publish(message(body,
				(message) -> message.contentType("application/json").applicationProperty(MessageTypes.PROPERTY, type)));
	}

	private static ServiceBusReceivedMessage message(String body, UnaryOperator<ServiceBusMessage.Builder> change) {
		return FakeClient.message(change.apply(ServiceBusMessage.of(body).mutate()).build());
	}

	private FakeSource source(String queue) {
		return this.context.getBean(FakeClient.class).source(queue);
	}

	private List<String> calls(Class<? extends Shop> type) {
		return this.context.getBean(type).calls;
	}

	@MessageType("order-placed")
	record Placed(String id) {

	}

	@MessageType("order-cancelled")
	record Cancelled(String id) {

	}

	abstract static class Shop {

		final List<String> calls = new ArrayList<>();

	}

	@ServiceBusListener(queue = "strict", retry = "none")
	static class Strict extends Shop {

		@ServiceBusHandler
		void placed(@Header(name = "count", defaultValue = "7") int count, Placed order) {
			if (order.id().equals("broken")) {
				throw new IllegalStateException("broken");
			}
			this.calls.add("placed " + order.id() + " " + count);
		}

		@ServiceBusHandler
		void cancelled(Message<Cancelled> order) {
			this.calls.add("cancelled " + order.getPayload().id());
		}

		@ServiceBusHandler
		void text(String text) {
			this.calls.add("text " + text);
		}

		@ServiceBusHandler
		void bytes(byte[] bytes) {
			this.calls.add("bytes " + bytes.length);
		}

		@DeadLetterHandler(complete = true)
		void lastResort(IllegalStateException error) {
			this.calls.add("last resort");
		}

	}

	@ServiceBusListener(queue = "open")
	@SendTo("answers")
	static class Open extends Shop {

		@ServiceBusHandler
		void placed(Placed order) {
			this.calls.add("placed " + order.id());
		}

		@ServiceBusHandler
		String cancelled(Cancelled order, @Header("why") String why, Settlement settlement) {
			settlement.defer(Map.of());
			return "cancelled " + order.id() + ", " + why;
		}

		@ServiceBusHandler(isDefault = true)
		void other(ServiceBusReceivedMessage message) {
			this.calls.add("other " + message.bodyAsString());
		}

	}

	@ServiceBusListener(queue = "single")
	@ServiceBusListener(queue = "more")
	static class Single extends Shop {

		@ServiceBusHandler
		void single(Placed order) {
			this.calls.add("single " + order.id());
		}

	}

	interface Placing {

		void placed(Placed order);

	}

	@ServiceBusListener(queue = "proxied")
	static class Proxied implements Placing {

		@Override
		@ServiceBusHandler
		public void placed(Placed order) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Proxies {

		final List<String> calls = new ArrayList<>();

		@Bean
		static ProxyingPostProcessor proxies(ObjectProvider<Proxies> proxies) {
			return new ProxyingPostProcessor(proxies);
		}

	}

	/** Ordered, as those of Spring are. */
	record ProxyingPostProcessor(ObjectProvider<Proxies> proxies) implements BeanPostProcessor, Ordered {

		@Override
		public Object postProcessAfterInitialization(Object bean, String name) {
			if (!(bean instanceof Placing)) {
				return bean;
			}
			ProxyFactory proxy = new ProxyFactory(bean);
			proxy.addAdvice((MethodBeforeAdvice) (method, arguments, target) -> this.proxies.getObject().calls
				.add("before " + method.getName()));
			return proxy.getProxy();
		}

		@Override
		public int getOrder() {
			return LOWEST_PRECEDENCE;
		}

	}

}
