package dev.servicebus.boot.autoconfigure;

import java.util.Locale;
import java.util.regex.Pattern;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Keeps secrets out of the actuator's endpoints also where the application shows values:
 * Spring Boot then hides nothing by itself.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(SanitizingFunction.class)
class ServiceBusSanitizingConfiguration {

	private static final Pattern SECRET = Pattern
		.compile(".*servicebus(namespaces.+)?(connectionstring|credentialclientsecret|proxypassword)");

	@Bean
	SanitizingFunction serviceBusSanitizingFunction() {
		return SanitizingFunction.sanitizeValue().ifKeyMatches(ServiceBusSanitizingConfiguration::isSecret);
	}

	/** Environment variables write the same names with underscores and capitals. */
	private static boolean isSecret(String key) {
		String name = key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
		return SECRET.matcher(name).matches();
	}

}
