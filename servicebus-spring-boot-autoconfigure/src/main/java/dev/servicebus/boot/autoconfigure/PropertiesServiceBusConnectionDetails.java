package dev.servicebus.boot.autoconfigure;

import java.net.URI;
import java.util.regex.Pattern;

import dev.servicebus.amqp.transport.ProxyOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * The connection that the properties {@code connection-string} or {@code namespace}
 * describe, with those that say how to get there.
 */
final class PropertiesServiceBusConnectionDetails implements ServiceBusConnectionDetails {

	static final String CONNECTION_STRING = "servicebus.connection-string";

	static final String NAMESPACE = "servicebus.namespace";

	private static final String DOMAIN = ".servicebus.windows.net";

	private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]+");

	private final ClientProperties properties;

	private final @Nullable ProxyOptions proxy;

	private final @Nullable SslBundle sslBundle;

	PropertiesServiceBusConnectionDetails(String prefix, ClientProperties properties,
			ObjectProvider<SslBundles> sslBundles) {
		MutuallyExclusiveConfigurationPropertiesException.throwIfMultipleNonNullValuesIn((entries) -> {
			entries.put(prefix + ".connection-string", properties.connectionString());
			entries.put(prefix + ".namespace", properties.namespace());
		});
		String namespace = properties.namespace();
		if (namespace != null && !HOST.matcher(namespace).matches()) {
			throw new InvalidConfigurationPropertyValueException(prefix + ".namespace", namespace,
					"Expected the name of a namespace or of its host, such as contoso" + DOMAIN + ".");
		}
		this.properties = properties;
		this.proxy = (properties.proxy() != null) ? ProxyMapper.proxy(prefix + ".proxy", properties.proxy()) : null;
		String bundle = (properties.ssl() != null) ? properties.ssl().bundle() : null;
		this.sslBundle = (bundle != null) ? find(prefix + ".ssl.bundle", bundle, sslBundles.getIfAvailable()) : null;
	}

	private static SslBundle find(String property, String name, @Nullable SslBundles bundles) {
		if (bundles == null) {
			throw new InvalidConfigurationPropertyValueException(property, name,
					"There are no SSL bundles in this application: Boot's SslAutoConfiguration is missing.");
		}
		try {
			return bundles.getBundle(name);
		}
		catch (NoSuchSslBundleException ex) {
			throw new InvalidConfigurationPropertyValueException(property, name,
					"There is no SSL bundle of this name. Known are " + bundles.getBundleNames()
							+ "; define it below 'spring.ssl.bundle'.",
					ex);
		}
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

	@Override
	public @Nullable String entityPath() {
		return this.properties.entityPath();
	}

	@Override
	public @Nullable URI customEndpointAddress() {
		return this.properties.customEndpointAddress();
	}

	@Override
	public @Nullable ProxyOptions proxy() {
		return this.proxy;
	}

	@Override
	public @Nullable SslBundle sslBundle() {
		return this.sslBundle;
	}

}
