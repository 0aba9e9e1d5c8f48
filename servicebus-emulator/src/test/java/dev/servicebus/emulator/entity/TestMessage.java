package dev.servicebus.emulator.entity;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import dev.servicebus.emulator.store.MessageContent;
import org.jspecify.annotations.Nullable;

/**
 * A message of 100 bytes whose id is its only content.
 */
record TestMessage(String messageId, @Nullable String sessionId, @Nullable Duration timeToLive,
		@Nullable Instant scheduledEnqueueTime, long size,
		Map<String, @Nullable Object> applicationProperties) implements MessageContent {

	static TestMessage of(String id) {
		return new TestMessage(id, null, null, null, 100, Map.of("sent", "by test"));
	}

	TestMessage in(@Nullable String session) {
		return new TestMessage(this.messageId, session, this.timeToLive, this.scheduledEnqueueTime, this.size,
				this.applicationProperties);
	}

	TestMessage livingFor(Duration duration) {
		return new TestMessage(this.messageId, this.sessionId, duration, this.scheduledEnqueueTime, this.size,
				this.applicationProperties);
	}

	TestMessage scheduledAt(Instant instant) {
		return new TestMessage(this.messageId, this.sessionId, this.timeToLive, instant, this.size,
				this.applicationProperties);
	}

	TestMessage ofSize(long bytes) {
		return new TestMessage(this.messageId, this.sessionId, this.timeToLive, this.scheduledEnqueueTime, bytes,
				this.applicationProperties);
	}

	@Override
	public @Nullable String partitionKey() {
		return null;
	}

	@Override
	public TestMessage withProperties(Map<String, @Nullable Object> changes,
			Map<String, @Nullable Object> newApplicationProperties) {
		return new TestMessage(this.messageId, (String) changes.getOrDefault("SessionId", this.sessionId),
				this.timeToLive, this.scheduledEnqueueTime, this.size, newApplicationProperties);
	}

}
