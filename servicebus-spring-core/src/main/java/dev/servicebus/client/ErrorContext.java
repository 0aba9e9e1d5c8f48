package dev.servicebus.client;

import java.io.Serializable;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What is known about a failure: which operation failed, on what, and what the broker
 * said about it. Immutable.
 *
 * <p>
 * Text from a broker is made safe to log: control characters are escaped, and what is
 * longer than {@value #MAX_DESCRIPTION_LENGTH} characters is cut.
 *
 * @param operation what was tried, in one or two words, for example {@code send}
 * @param entityPath the entity it was tried on, {@code null} if it concerns none
 * @param condition the AMQP error condition, {@code null} if the broker named none
 * @param status the status code of a response, {@code null} if there was no response
 * @param description what the broker, or this client, says about it
 * @param trackingId the broker's name for the incident, to be quoted to its operator
 */
public record ErrorContext(String operation, @Nullable String entityPath, @Nullable String condition,
		@Nullable Integer status, @Nullable String description, @Nullable String trackingId) implements Serializable {

	/** Longer descriptions are cut. */
	public static final int MAX_DESCRIPTION_LENGTH = 1024;

	private static final int MAX_NAME_LENGTH = 256;

	public ErrorContext {
		Objects.requireNonNull(operation, "operation");
		entityPath = SafeText.of(entityPath, MAX_NAME_LENGTH);
		condition = SafeText.of(condition, MAX_NAME_LENGTH);
		description = SafeText.of(description, MAX_DESCRIPTION_LENGTH);
		trackingId = SafeText.of(trackingId, MAX_NAME_LENGTH);
	}

	/**
	 * A failure of which only its place is known.
	 */
	public static ErrorContext of(String operation, @Nullable String entityPath) {
		return new ErrorContext(operation, entityPath, null, null, null, null);
	}

	/**
	 * The same place with another description.
	 */
	public ErrorContext withDescription(@Nullable String newDescription) {
		return new ErrorContext(this.operation, this.entityPath, this.condition, this.status, newDescription,
				this.trackingId);
	}

	/**
	 * The failure in one line.
	 */
	String message() {
		StringBuilder text = new StringBuilder(this.operation);
		if (this.entityPath != null) {
			text.append(" on '").append(this.entityPath).append('\'');
		}
		text.append(" failed");
		if (this.condition != null) {
			text.append(" with ").append(this.condition);
		}
		if (this.status != null) {
			text.append(" (status ").append(this.status).append(')');
		}
		if (this.description != null) {
			text.append(": ").append(this.description);
		}
		if (this.trackingId != null && !text.toString().contains(this.trackingId)) {
			text.append(" (tracking id ").append(this.trackingId).append(')');
		}
		return text.toString();
	}

}
