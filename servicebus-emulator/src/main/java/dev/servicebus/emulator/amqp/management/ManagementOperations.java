package dev.servicebus.emulator.amqp.management;

import java.time.InstantSource;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The operations that management nodes know, by their names. Immutable.
 */
public final class ManagementOperations {

	private final Map<String, ManagementOperation> operations;

	/**
	 * Creates the table.
	 * @param clock the time of the broker
	 */
	public ManagementOperations(InstantSource clock) {
		this.operations = Map.ofEntries(Map.entry("com.microsoft:renew-lock", new RenewLocks()),
				Map.entry("com.microsoft:peek-message", new PeekMessages()),
				Map.entry("com.microsoft:receive-by-sequence-number", new ReceiveBySequenceNumber()),
				Map.entry("com.microsoft:renew-session-lock", new RenewSessionLock()),
				Map.entry("com.microsoft:get-session-state", new GetSessionState()),
				Map.entry("com.microsoft:set-session-state", new SetSessionState()),
				Map.entry("com.microsoft:get-message-sessions", new ListSessions()),
				Map.entry("com.microsoft:update-disposition", new UpdateDisposition()),
				Map.entry("com.microsoft:batch-delete-messages", new DeleteMessages()),
				Map.entry("com.microsoft:add-rule", new AddRule(clock)),
				Map.entry("com.microsoft:remove-rule", new RemoveRule()),
				Map.entry("com.microsoft:enumerate-rules", new EnumerateRules()),
				Map.entry("com.microsoft:schedule-message", new ScheduleMessages(clock)),
				Map.entry("com.microsoft:cancel-scheduled-message", new CancelScheduledMessages()));
	}

	@Nullable ManagementOperation find(String name) {
		return this.operations.get(name);
	}

}
