package dev.servicebus.client.amqp;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.management.CancelScheduledMessages;
import dev.servicebus.client.management.ScheduleMessages;
import dev.servicebus.message.ServiceBusMessage;
import org.jspecify.annotations.Nullable;

/**
 * Schedules messages of one entity and takes them back.
 */
final class Scheduling {

	private final ClientCore core;

	private final ManagementNode management;

	Scheduling(ClientCore core, ManagementNode management) {
		this.core = core;
		this.management = management;
	}

	List<Long> schedule(List<ServiceBusMessage> messages, OffsetDateTime enqueueTime) {
		ScheduleMessages scheduled = ScheduleMessages.at(enqueueTime, messages, this.core.encoder());
		return this.core.completions()
			.await(where("schedule"), (completion) -> this.management.call(scheduled, completion));
	}

	CompletableFuture<List<Long>> scheduleAsync(List<ServiceBusMessage> messages, OffsetDateTime enqueueTime) {
		ScheduleMessages scheduled = ScheduleMessages.at(enqueueTime, messages, this.core.encoder());
		return this.core.completions().async((completion) -> this.management.call(scheduled, completion));
	}

	void cancel(List<Long> sequenceNumbers) {
		this.core.completions()
			.await(where("cancel-scheduled"), (Completion<@Nullable Void> completion) -> this.management
				.call(new CancelScheduledMessages(sequenceNumbers), Completion.ofDone(completion)));
	}

	CompletableFuture<Void> cancelAsync(List<Long> sequenceNumbers) {
		return this.core.completions()
			.async((Completion<@Nullable Void> completion) -> this.management
				.call(new CancelScheduledMessages(sequenceNumbers), Completion.ofDone(completion)));
	}

	private ErrorContext where(String operation) {
		return ErrorContext.of(operation, this.management.entityPath());
	}

}
