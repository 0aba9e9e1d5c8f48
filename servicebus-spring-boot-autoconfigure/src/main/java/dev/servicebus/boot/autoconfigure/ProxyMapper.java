package dev.servicebus.boot.autoconfigure;

import dev.servicebus.amqp.transport.ProxyOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.StringUtils;

/**
 * Makes options of a proxy of properties.
 */
final class ProxyMapper {

	private ProxyMapper() {
	}

	static ProxyOptions proxy(String prefix, ServiceBusProperties.Proxy properties) {
		if (!StringUtils.hasText(properties.hostname())) {
			throw new InvalidConfigurationPropertyValueException(prefix + ".hostname", properties.hostname(),
					"It must be set, since other properties of the proxy are.");
		}
		ProxyOptions proxy = address(prefix, properties.hostname(), properties.port());
		if (properties.username() == null && properties.password() == null) {
			return proxy;
		}
		return withCredentials(prefix, proxy, properties);
	}

	private static ProxyOptions address(String prefix, String hostname, @Nullable Integer port) {
		if (port == null) {
			throw new InvalidConfigurationPropertyValueException(prefix + ".port", null,
					"It must be set, since '" + prefix + ".hostname' is.");
		}
		try {
			return ProxyOptions.of(hostname, port);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException(prefix + ".port", port,
					String.valueOf(ex.getMessage()), ex);
		}
	}

	/**
	 * Blames the username, never the password, so that no failure shows that.
	 */
	private static ProxyOptions withCredentials(String prefix, ProxyOptions proxy,
			ServiceBusProperties.Proxy properties) {
		try {
			return new ProxyOptions(proxy.host(), proxy.port(), properties.username(), properties.password());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException(prefix + ".username", properties.username(),
					String.valueOf(ex.getMessage()), ex);
		}
	}

}
