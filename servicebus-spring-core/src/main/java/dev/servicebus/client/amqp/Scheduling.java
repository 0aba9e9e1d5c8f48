package dev.servicebus.client.amqp;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.management.CancelScheduledMessages;
import dev.servicebus.client.management.ManagementRequest;
import dev.servicebus.client.management.ScheduleMessages;
import dev.servicebus.message.ServiceBusMessage;
import org.jspecify.annotations.Nullable;

/**
 * Schedules messages of one entity and takes them back.
 */
final class Scheduling {

	private final ClientCore core;

	private final ManagementNode management;

	private final WorkTerms terms;

	Scheduling(ClientCore core, ManagementNode management, WorkTerms terms) {
		this.core = core;
		this.management = management;
		this.terms = terms;
	}

	List<Long> schedule(List<ServiceBusMessage> messages, OffsetDateTime enqueueTime) {
		ScheduleMessages scheduled = request(messages, enqueueTime);
		return this.core.completions().await(where("schedule"), (completion) -> call(scheduled, completion));
	}

	CompletableFuture<List<Long>> scheduleAsync(List<ServiceBusMessage> messages, OffsetDateTime enqueueTime) {
		ScheduleMessages scheduled = request(messages, enqueueTime);
		return this.core.completions().async(where("schedule"), (completion) -> call(scheduled, completion));
	}

	void cancel(List<Long> sequenceNumbers) {
		requireNoTransaction();
		this.core.completions()
			.await(where("cancel-scheduled"),
					(Completion<@Nullable Void> completion) -> call(new CancelScheduledMessages(sequenceNumbers),
							Completion.ofDone(completion)));
	}

	CompletableFuture<Void> cancelAsync(List<Long> sequenceNumbers) {
		requireNoTransaction();
		return this.core.completions()
			.async(where("cancel-scheduled"),
					(Completion<@Nullable Void> completion) -> call(new CancelScheduledMessages(sequenceNumbers),
							Completion.ofDone(completion)));
	}

	/**
	 * Ids are given here and not with every attempt, which would be another message each.
	 */
	private ScheduleMessages request(List<ServiceBusMessage> messages, OffsetDateTime enqueueTime) {
		Outgoing outgoing = this.core.outgoing();
		return ScheduleMessages.at(enqueueTime, messages.stream().map(outgoing.ids()::identify).toList(),
				outgoing.encoder());
	}

	private <T> void call(ManagementRequest<T> request, Completion<T> completion) {
		this.core.execute(() -> this.terms.run(where(request.operation()), completion,
				(begun) -> this.management.call(request, ManagementNode.NO_LINK, this.terms, begun)));
	}

	private void requireNoTransaction() {
		if (this.terms.transaction() != null) {
			throw new UnsupportedOperationException(
					"Taking scheduled messages back is no part of a transaction; use the sender outside of it");
		}
	}

	private ErrorContext where(String operation) {
		return ErrorContext.of(operation, this.management.entityPath());
	}

}
