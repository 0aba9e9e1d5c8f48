package dev.servicebus.boot.autoconfigure;

import java.util.Random;

import dev.servicebus.listener.container.ContainerServices;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Lets {@link EmulatorTime}, a bean of the test, time all listeners.
 */
@Configuration(proxyBeanMethods = false)
public class EmulatorTimeConfiguration {

	@Bean
	static BeanPostProcessor listenersTimedByTheEmulator(ObjectProvider<EmulatorTime> time) {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				return (bean instanceof ContainerServices services) ? timed(services, time.getObject()) : bean;
			}

		};
	}

	private static ContainerServices timed(ContainerServices services, EmulatorTime time) {
		return new ContainerServices(services.client(), services.executor(), time, new Random(7), services.monitor(),
				services.sessionListener(), services.interceptors(), services.replyPostProcessors(),
				services.backPressure(), services.observations());
	}

}
