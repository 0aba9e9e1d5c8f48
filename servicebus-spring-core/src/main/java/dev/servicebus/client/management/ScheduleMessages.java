package dev.servicebus.client.management;

import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.servicebus.message.MessageEncoder;
import dev.servicebus.message.ServiceBusMessage;
import org.jspecify.annotations.Nullable;

/**
 * Schedules messages; the result is their sequence numbers in the same order.
 *
 * @param messages the messages, at least one, each with its scheduled time
 * @param encoder encodes them
 */
public record ScheduleMessages(List<ServiceBusMessage> messages,
		MessageEncoder encoder) implements ManagementRequest<List<Long>> {

	public ScheduleMessages {
		messages = Arguments.notEmpty("messages", messages);
		for (ServiceBusMessage message : messages) {
			if (message.scheduledEnqueueTime() == null) {
				throw new IllegalArgumentException("scheduledEnqueueTime must be set on messages to be scheduled");
			}
		}
	}

	/**
	 * Schedules messages for one time, whatever time they have themselves.
	 */
	public static ScheduleMessages at(OffsetDateTime enqueueTime, List<ServiceBusMessage> messages,
			MessageEncoder encoder) {
		return new ScheduleMessages(
				messages.stream().map((message) -> message.mutate().scheduledEnqueueTime(enqueueTime).build()).toList(),
				encoder);
	}

	@Override
	public String operation() {
		return "schedule-message";
	}

	@Override
	public Map<String, @Nullable Object> body() {
		return Map.of("messages", this.messages.stream().map(this::entry).toList());
	}

	@Override
	public List<Long> result(ManagementResponse response) {
		return response.elements("sequence-numbers", Long.class, this.messages.size());
	}

	private Map<String, @Nullable Object> entry(ServiceBusMessage message) {
		Map<String, @Nullable Object> entry = new LinkedHashMap<>();
		entry.put("message", this.encoder.encode(message));
		putIfPresent(entry, "message-id", message.messageId());
		putIfPresent(entry, "session-id", message.sessionId());
		putIfPresent(entry, "partition-key", message.partitionKey());
		putIfPresent(entry, "via-partition-key", message.transactionPartitionKey());
		return entry;
	}

	private static void putIfPresent(Map<String, @Nullable Object> entry, String key, @Nullable String value) {
		if (value != null) {
			entry.put(key, value);
		}
	}

}
