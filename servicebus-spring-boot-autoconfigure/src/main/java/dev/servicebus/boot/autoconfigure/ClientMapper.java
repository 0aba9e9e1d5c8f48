package dev.servicebus.boot.autoconfigure;

import java.util.Map;
import java.util.function.Supplier;

import javax.net.ssl.SSLParameters;

import dev.servicebus.client.InvalidSettingException;
import dev.servicebus.client.amqp.ServiceBusClientBuilder;
import dev.servicebus.message.MessageIds;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.util.unit.DataSize;

/**
 * Sets what properties and connection details say on the builder of a client.
 */
final class ClientMapper {

	static final String PREFIX = "servicebus";

	/** Properties by the settings that a client refuses when it is built. */
	private static final Map<String, String> PROPERTIES = Map.of("fullyQualifiedNamespace", "namespace", "entityPath",
			"entity-path", "customEndpointAddress", "custom-endpoint-address", "endpoint", "custom-endpoint-address",
			"proxy", "proxy.hostname", "sslContext", "ssl.bundle", "sslParameters", "ssl.bundle");

	private ClientMapper() {
	}

	static void apply(ServiceBusConnectionDetails connection, ServiceBusClientBuilder builder) {
		PropertyMapper map = PropertyMapper.get();
		map.from(connection::entityPath).to(builder::entityPath);
		map.from(connection::customEndpointAddress).to(builder::customEndpointAddress);
		map.from(connection::proxy).to(builder::proxy);
		map.from(connection::sslBundle).as(SslBundle::createSslContext).to(builder::sslContext);
		map.from(connection::sslBundle).as(ClientMapper::limits).to(builder::sslParameters);
	}

	static void apply(ClientProperties properties, ServiceBusClientBuilder builder) {
		builder.retryOptions(RetryOptionsMapper.client(properties.retry()));
		new OptionSetter<>(PREFIX, builder, (changed) -> {
		}).set("transport-type", properties.transportType(), ServiceBusClientBuilder::transportType)
			.set("connect-timeout", properties.connectTimeout(), ServiceBusClientBuilder::connectTimeout)
			.set("application-id", properties.applicationId(), ServiceBusClientBuilder::applicationId)
			.set("send-buffer-size", properties.sendBufferSize(), ClientMapper::sendBuffer);
		if (Boolean.FALSE.equals(properties.generateMessageIds())) {
			builder.messageIds(MessageIds.none());
		}
		if (Boolean.TRUE.equals(properties.crossEntityTransactions())) {
			builder.crossEntityTransactions();
		}
	}

	/**
	 * Builds a client, and says which property to change if it cannot be.
	 */
	static <T> T build(String prefix, Supplier<T> builder) {
		try {
			return builder.get();
		}
		catch (InvalidSettingException ex) {
			String property = PROPERTIES.get(ex.setting());
			if (property == null) {
				throw ex;
			}
			throw new InvalidConfigurationPropertyValueException(prefix + "." + property, null,
					String.valueOf(ex.getMessage()), ex);
		}
	}

	/**
	 * The protocols and cipher suites of a bundle, {@code null} if it leaves them open.
	 */
	static @Nullable SSLParameters limits(SslBundle bundle) {
		SslOptions options = bundle.getOptions();
		return options.isSpecified() ? new SSLParameters(options.getCiphers(), options.getEnabledProtocols()) : null;
	}

	private static void sendBuffer(ServiceBusClientBuilder builder, DataSize size) {
		builder.sendBufferBytes(size.toBytes());
	}

}
