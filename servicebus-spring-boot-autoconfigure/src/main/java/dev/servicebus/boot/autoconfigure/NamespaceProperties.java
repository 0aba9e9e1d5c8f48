package dev.servicebus.boot.autoconfigure;

import java.net.URI;
import java.util.List;

import dev.servicebus.client.TransportType;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * Properties {@code servicebus.namespaces.<name>.*}.
 *
 * @param connectionString Connection string of the namespace; excludes a namespace.
 * @param namespace Namespace to which to connect with Microsoft Entra ID.
 * @param entityPath Only queue or topic for which the credential is valid.
 * @param customEndpointAddress Address that is dialled instead of the namespace.
 * @param transportType What carries AMQP. Default as for the application.
 * @param proxy HTTP proxy on the way. Default as for the application.
 * @param ssl Trust and identity in TLS. Default as for the application.
 * @param destinations Queues and topics, or patterns such as "eu-*", for which the
 * routing template uses this namespace.
 */
public record NamespaceProperties(@Nullable String connectionString, @Nullable String namespace,
		@Nullable String entityPath, @Nullable URI customEndpointAddress, @Nullable TransportType transportType,
		ServiceBusProperties.@Nullable Proxy proxy, ServiceBusProperties.@Nullable Ssl ssl,
		@DefaultValue List<String> destinations) {

	public NamespaceProperties {
		namespace = (namespace != null) ? namespace.strip() : null;
		entityPath = StringUtils.hasText(entityPath) ? entityPath : null;
		destinations = List.copyOf(destinations);
	}

	/**
	 * Shows no secret.
	 */
	@Override
	public String toString() {
		return "NamespaceProperties[connectionString=" + ((this.connectionString != null) ? "***" : null)
				+ ", namespace=" + this.namespace + ", entityPath=" + this.entityPath + ", customEndpointAddress="
				+ this.customEndpointAddress + ", transportType=" + this.transportType + ", proxy=" + this.proxy
				+ ", ssl=" + this.ssl + ", destinations=" + this.destinations + "]";
	}

}
