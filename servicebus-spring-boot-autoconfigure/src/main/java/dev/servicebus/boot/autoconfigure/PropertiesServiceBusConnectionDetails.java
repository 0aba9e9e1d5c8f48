package dev.servicebus.boot.autoconfigure;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;

/**
 * The connection that {@code servicebus.connection-string} or
 * {@code servicebus.namespace} describe.
 */
final class PropertiesServiceBusConnectionDetails implements ServiceBusConnectionDetails {

	static final String CONNECTION_STRING = "servicebus.connection-string";

	static final String NAMESPACE = "servicebus.namespace";

	private static final String DOMAIN = ".servicebus.windows.net";

	private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]+");

	private final ServiceBusProperties properties;

	PropertiesServiceBusConnectionDetails(ServiceBusProperties properties) {
		MutuallyExclusiveConfigurationPropertiesException.throwIfMultipleNonNullValuesIn((entries) -> {
			entries.put(CONNECTION_STRING, properties.connectionString());
			entries.put(NAMESPACE, properties.namespace());
		});
		String namespace = properties.namespace();
		if (namespace != null && !HOST.matcher(namespace).matches()) {
			throw new InvalidConfigurationPropertyValueException(NAMESPACE, namespace,
					"Expected the name of a namespace or of its host, such as contoso" + DOMAIN + ".");
		}
		this.properties = properties;
	}

	@Override
	public @Nullable String connectionString() {
		return this.properties.connectionString();
	}

	@Override
	public @Nullable String fullyQualifiedNamespace() {
		String namespace = this.properties.namespace();
		return (namespace == null || namespace.indexOf('.') >= 0) ? namespace : namespace + DOMAIN;
	}

}
