package dev.servicebus.client.admin.http;

import java.time.Instant;
import java.time.InstantSource;

import dev.servicebus.client.retry.RetryOptions;

/**
 * A client of a scripted feed whose waits take no time.
 */
final class AdministrationFixture implements AutoCloseable {

	final ScriptedFeed feed = new ScriptedFeed();

	final TestAlarms alarms = new TestAlarms();

	final ServiceBusAdministrationClient admin = builder().connectionString(this.feed.connectionString()).build();

	ServiceBusAdministrationClientBuilder builder() {
		return ServiceBusAdministrationClient.builder()
			.retryOptions(RetryOptions.builder().tryTimeout(TestAlarms.LIMIT).jitter(0).build())
			.connectTimeout(TestAlarms.LIMIT)
			.time(InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z")), this.alarms);
	}

	@Override
	public void close() {
		this.admin.close();
		this.feed.close();
	}

}
