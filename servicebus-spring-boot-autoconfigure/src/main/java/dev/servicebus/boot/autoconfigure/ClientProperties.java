package dev.servicebus.boot.autoconfigure;

import java.net.URI;
import java.time.Duration;

import dev.servicebus.client.TransportType;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * What clients of one namespace are made of.
 */
interface ClientProperties {

	@Nullable String connectionString();

	@Nullable String namespace();

	@Nullable String entityPath();

	@Nullable URI customEndpointAddress();

	@Nullable TransportType transportType();

	ServiceBusProperties.@Nullable Proxy proxy();

	ServiceBusProperties.@Nullable Ssl ssl();

	@Nullable Duration connectTimeout();

	@Nullable String applicationId();

	ServiceBusProperties.Retry retry();

	@Nullable DataSize sendBufferSize();

	@Nullable Boolean generateMessageIds();

	@Nullable Boolean crossEntityTransactions();

}
