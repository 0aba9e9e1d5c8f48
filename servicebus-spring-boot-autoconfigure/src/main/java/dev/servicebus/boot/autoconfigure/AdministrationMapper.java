package dev.servicebus.boot.autoconfigure;

import java.net.URI;
import java.util.Locale;

import dev.servicebus.client.admin.http.ServiceBusAdministrationClientBuilder;

import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.boot.ssl.SslBundle;

/**
 * Sets what properties and connection details say on the builder of an administration
 * client.
 */
final class AdministrationMapper {

	private AdministrationMapper() {
	}

	static void apply(ServiceBusConnectionDetails connection, ServiceBusAdministrationClientBuilder builder) {
		PropertyMapper map = PropertyMapper.get();
		map.from(connection::customEndpointAddress).as(AdministrationMapper::feed).to(builder::endpoint);
		map.from(connection::proxy).to(builder::proxy);
		map.from(connection::sslBundle).as(SslBundle::createSslContext).to(builder::sslContext);
		map.from(connection::sslBundle).as(ClientMapper::limits).to(builder::sslParameters);
	}

	static void apply(ClientProperties properties, ServiceBusAdministrationClientBuilder builder) {
		builder.retryOptions(RetryOptionsMapper.client(properties.retry()));
		new OptionSetter<>(ClientMapper.PREFIX, builder, (changed) -> {
		}).set("connect-timeout", properties.connectTimeout(), ServiceBusAdministrationClientBuilder::connectTimeout)
			.set("application-id", properties.applicationId(), ServiceBusAdministrationClientBuilder::applicationId);
	}

	/**
	 * The same host over HTTP. Only a port of WebSockets serves that, too.
	 */
	private static URI feed(URI address) {
		return switch (String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT)) {
			case "https", "http" -> address;
			case "wss" -> URI.create("https://" + address.getRawAuthority());
			case "ws" -> URI.create("http://" + address.getRawAuthority());
			case "amqp" -> URI.create("http://" + address.getHost());
			default -> URI.create("https://" + address.getHost());
		};
	}

}
