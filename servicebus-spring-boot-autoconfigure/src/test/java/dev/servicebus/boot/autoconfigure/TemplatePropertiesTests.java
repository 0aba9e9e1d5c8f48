package dev.servicebus.boot.autoconfigure;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.servicebus.observation.ServiceBusObservations;
import dev.servicebus.template.ReplyOptions;
import dev.servicebus.template.ServiceBusTemplate;
import dev.servicebus.template.TemplateOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TemplatePropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ServiceBusAutoConfiguration.class))
		.withPropertyValues("servicebus.connection-string=Endpoint=sb://contoso.example;"
				+ "SharedAccessKeyName=name;SharedAccessKey=key");

	@Test
	void templateHasItsOptions() {
		this.runner
			.withPropertyValues("servicebus.template.default-destination=orders", "servicebus.template.timeout=5s",
					"servicebus.template.reply.queue=replies", "servicebus.template.reply.session-id=us",
					"servicebus.template.reply.timeout=2s")
			.run((context) -> assertThat(context.getBean(ServiceBusTemplate.class)).extracting("options")
				.usingRecursiveComparison()
				.ignoringFields("destinations")
				.isEqualTo(TemplateOptions.builder()
					.defaultDestination("orders")
					.timeout(Duration.ofSeconds(5))
					.replies(new ReplyOptions("replies", "us", Duration.ofSeconds(2)))
					.observations(context.getBean(ServiceBusObservations.class))
					.build()));
	}

	@ParameterizedTest
	@CsvSource({ "timeout, -1s", "reply.queue, ' '", "reply.session-id, ' '", "reply.timeout, 0" })
	void valueThatMakesNoSenseIsReportedWithItsProperty(String property, String value) {
		this.runner
			.withPropertyValues("servicebus.template.reply.queue=replies",
					"servicebus.template." + property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("Property servicebus.template." + property + " "));
	}

	@ParameterizedTest
	@CsvSource({ "reply.session-id, us", "reply.timeout, 2s" })
	void repliesNeedAQueue(String property, String value) {
		this.runner.withPropertyValues("servicebus.template." + property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("Property servicebus.template." + property + " ")
				.hasStackTraceContaining("servicebus.template.reply.queue"));
	}

}
