package dev.servicebus.annotation;

import java.util.random.RandomGenerator;

import tools.jackson.databind.json.JsonMapper;

import dev.servicebus.converter.JsonPayloads;
import dev.servicebus.converter.ServiceBusMessageConverter;
import dev.servicebus.endpoint.ServiceBusListenerContainerFactory;
import dev.servicebus.listener.ReplyPostProcessor;
import dev.servicebus.listener.container.ContainerServices;
import dev.servicebus.listener.support.FakeClient;
import dev.servicebus.listener.support.ManualExecutor;
import dev.servicebus.listener.support.RecordingMonitor;
import dev.servicebus.listener.support.VirtualTime;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;

/**
 * What the auto-configuration would bring, on a fake client.
 */
@Configuration(proxyBeanMethods = false)
@EnableServiceBus
class ListenerTestConfiguration {

	@Bean
	FakeClient client() {
		return new FakeClient();
	}

	@Bean(defaultCandidate = false)
	ManualExecutor listenerExecutor() {
		return new ManualExecutor();
	}

	@Bean
	VirtualTime time() {
		return new VirtualTime();
	}

	@Bean
	RecordingMonitor monitor() {
		return new RecordingMonitor();
	}

	@Bean
	LocalValidatorFactoryBean validator() {
		return new LocalValidatorFactoryBean();
	}

	@Bean
	ServiceBusMessageConverter serviceBusMessageConverter() {
		return ServiceBusMessageConverter.of(JsonPayloads.converter(JsonMapper.builder().build()));
	}

	@Bean
	ServiceBusListenerContainerFactory serviceBusListenerContainerFactory(FakeClient client, VirtualTime time,
			RecordingMonitor monitor, ObjectProvider<ReplyPostProcessor> replyPostProcessors) {
		return new ServiceBusListenerContainerFactory(
				new ContainerServices(client, Runnable::run, time, RandomGenerator.getDefault(), monitor)
					.withReplyPostProcessors(replyPostProcessors.orderedStream().toList()));
	}

}
