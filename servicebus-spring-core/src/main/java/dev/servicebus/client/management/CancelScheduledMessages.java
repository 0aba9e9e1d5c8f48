package dev.servicebus.client.management;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Takes scheduled messages back.
 *
 * @param sequenceNumbers the messages, at least one
 */
public record CancelScheduledMessages(List<Long> sequenceNumbers) implements ManagementRequest<Done> {

	public CancelScheduledMessages {
		sequenceNumbers = Arguments.notEmpty("sequenceNumbers", sequenceNumbers);
	}

	@Override
	public String operation() {
		return "cancel-scheduled-message";
	}

	@Override
	public Map<String, @Nullable Object> body() {
		return Map.of("sequence-numbers", this.sequenceNumbers.toArray(Long[]::new));
	}

	@Override
	public Done result(ManagementResponse response) {
		return Done.DONE;
	}

}
