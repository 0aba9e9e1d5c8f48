package dev.servicebus.message;

import java.time.Duration;
import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;

/**
 * What a message tells the broker beside its properties. Immutable.
 *
 * @param partitionKey decides about the partition
 * @param transactionPartitionKey decides about the partition of the entity through which
 * a transaction sends the message
 * @param timeToLive how long the message lives
 * @param scheduledEnqueueTime when it is to be enqueued
 * @param amqp the sections that have no property here
 */
record MessageTerms(@Nullable String partitionKey, @Nullable String transactionPartitionKey,
		@Nullable Duration timeToLive, @Nullable OffsetDateTime scheduledEnqueueTime, AmqpSections amqp) {

	/** Most messages tell nothing. */
	static final MessageTerms NONE = new MessageTerms(null, null, null, null, AmqpSections.NONE);

	MessageTerms withPartitionKey(@Nullable String newKey) {
		return new MessageTerms(newKey, this.transactionPartitionKey, this.timeToLive, this.scheduledEnqueueTime,
				this.amqp);
	}

	MessageTerms withTransactionPartitionKey(@Nullable String newKey) {
		return new MessageTerms(this.partitionKey, newKey, this.timeToLive, this.scheduledEnqueueTime, this.amqp);
	}

	MessageTerms withTimeToLive(@Nullable Duration newTimeToLive) {
		return new MessageTerms(this.partitionKey, this.transactionPartitionKey, newTimeToLive,
				this.scheduledEnqueueTime, this.amqp);
	}

	MessageTerms withScheduledEnqueueTime(@Nullable OffsetDateTime newTime) {
		return new MessageTerms(this.partitionKey, this.transactionPartitionKey, this.timeToLive, newTime, this.amqp);
	}

	MessageTerms withAmqp(AmqpSections newAmqp) {
		return new MessageTerms(this.partitionKey, this.transactionPartitionKey, this.timeToLive,
				this.scheduledEnqueueTime, newAmqp);
	}

}
