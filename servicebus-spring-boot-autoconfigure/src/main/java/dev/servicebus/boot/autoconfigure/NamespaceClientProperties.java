package dev.servicebus.boot.autoconfigure;

import java.net.URI;
import java.time.Duration;

import dev.servicebus.client.TransportType;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * What clients of a named namespace are made of: where it is, it says itself; the rest is
 * as for the application.
 *
 * @param own the properties of the namespace
 * @param common the properties of the application
 */
record NamespaceClientProperties(NamespaceProperties own, ServiceBusProperties common) implements ClientProperties {

	@Override
	public @Nullable String connectionString() {
		return this.own.connectionString();
	}

	@Override
	public @Nullable String namespace() {
		return this.own.namespace();
	}

	@Override
	public @Nullable String entityPath() {
		return this.own.entityPath();
	}

	@Override
	public @Nullable URI customEndpointAddress() {
		return this.own.customEndpointAddress();
	}

	@Override
	public @Nullable TransportType transportType() {
		return (this.own.transportType() != null) ? this.own.transportType() : this.common.transportType();
	}

	@Override
	public ServiceBusProperties.@Nullable Proxy proxy() {
		return (this.own.proxy() != null) ? this.own.proxy() : this.common.proxy();
	}

	@Override
	public ServiceBusProperties.@Nullable Ssl ssl() {
		return (this.own.ssl() != null) ? this.own.ssl() : this.common.ssl();
	}

	@Override
	public @Nullable Duration connectTimeout() {
		return this.common.connectTimeout();
	}

	@Override
	public @Nullable String applicationId() {
		return this.common.applicationId();
	}

	@Override
	public ServiceBusProperties.Retry retry() {
		return this.common.retry();
	}

	@Override
	public @Nullable DataSize sendBufferSize() {
		return this.common.sendBufferSize();
	}

	@Override
	public @Nullable Boolean generateMessageIds() {
		return this.common.generateMessageIds();
	}

	@Override
	public @Nullable Boolean crossEntityTransactions() {
		return this.common.crossEntityTransactions();
	}

}
