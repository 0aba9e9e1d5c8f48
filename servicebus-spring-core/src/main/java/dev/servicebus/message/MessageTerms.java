package dev.servicebus.message;

import java.time.Duration;
import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;

/**
 * What a message tells the broker beside its properties. Immutable.
 *
 * @param partitionKey decides about the partition
 * @param timeToLive how long the message lives
 * @param scheduledEnqueueTime when it is to be enqueued
 */
record MessageTerms(@Nullable String partitionKey, @Nullable Duration timeToLive,
		@Nullable OffsetDateTime scheduledEnqueueTime) {

	/** Most messages tell nothing. */
	static final MessageTerms NONE = new MessageTerms(null, null, null);

	MessageTerms withPartitionKey(@Nullable String newKey) {
		return new MessageTerms(newKey, this.timeToLive, this.scheduledEnqueueTime);
	}

	MessageTerms withTimeToLive(@Nullable Duration newTimeToLive) {
		return new MessageTerms(this.partitionKey, newTimeToLive, this.scheduledEnqueueTime);
	}

	MessageTerms withScheduledEnqueueTime(@Nullable OffsetDateTime newTime) {
		return new MessageTerms(this.partitionKey, this.timeToLive, newTime);
	}

}
