package dev.servicebus.client.rule;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Lets a message through if everything that is given here equals what the message has.
 * Texts are compared character by character. Immutable.
 *
 * @param correlationId the correlation id, {@code null} to leave it out of the comparison
 * as with all that follow
 * @param messageId the message id
 * @param to the address of the receiver
 * @param replyTo the address for replies
 * @param subject the subject, also called label
 * @param sessionId the session id
 * @param replyToSessionId the session id for replies
 * @param contentType the content type
 * @param properties the application properties by name
 */
public record CorrelationFilter(@Nullable String correlationId, @Nullable String messageId, @Nullable String to,
		@Nullable String replyTo, @Nullable String subject, @Nullable String sessionId,
		@Nullable String replyToSessionId, @Nullable String contentType,
		Map<String, Object> properties) implements RuleFilter {

	public CorrelationFilter {
		properties = Map.copyOf(properties);
	}

	/**
	 * Begins with a filter that compares nothing.
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Returns whether there is nothing to compare, which the service refuses.
	 */
	public boolean isEmpty() {
		return this.correlationId == null && this.messageId == null && this.to == null && this.replyTo == null
				&& this.subject == null && this.sessionId == null && this.replyToSessionId == null
				&& this.contentType == null && this.properties.isEmpty();
	}

	/**
	 * Builds a correlation filter; see {@link CorrelationFilter} for what each property
	 * means. Not thread-safe.
	 */
	public static final class Builder {

		private final Map<String, Object> properties = new LinkedHashMap<>();

		private @Nullable String correlationId;

		private @Nullable String messageId;

		private @Nullable String to;

		private @Nullable String replyTo;

		private @Nullable String subject;

		private @Nullable String sessionId;

		private @Nullable String replyToSessionId;

		private @Nullable String contentType;

		private Builder() {
		}

		public Builder correlationId(@Nullable String correlationId) {
			this.correlationId = correlationId;
			return this;
		}

		public Builder messageId(@Nullable String messageId) {
			this.messageId = messageId;
			return this;
		}

		public Builder to(@Nullable String to) {
			this.to = to;
			return this;
		}

		public Builder replyTo(@Nullable String replyTo) {
			this.replyTo = replyTo;
			return this;
		}

		public Builder subject(@Nullable String subject) {
			this.subject = subject;
			return this;
		}

		public Builder sessionId(@Nullable String sessionId) {
			this.sessionId = sessionId;
			return this;
		}

		public Builder replyToSessionId(@Nullable String replyToSessionId) {
			this.replyToSessionId = replyToSessionId;
			return this;
		}

		public Builder contentType(@Nullable String contentType) {
			this.contentType = contentType;
			return this;
		}

		/**
		 * Compares an application property too.
		 */
		public Builder property(String name, Object value) {
			this.properties.put(name, Objects.requireNonNull(value, "value"));
			return this;
		}

		/**
		 * Builds the filter.
		 * @throws IllegalArgumentException if it compares nothing
		 */
		public CorrelationFilter build() {
			CorrelationFilter filter = new CorrelationFilter(this.correlationId, this.messageId, this.to, this.replyTo,
					this.subject, this.sessionId, this.replyToSessionId, this.contentType, this.properties);
			if (filter.isEmpty()) {
				throw new IllegalArgumentException("a correlation filter must compare something; "
						+ "set a property, or use RuleFilter.matchAll()");
			}
			return filter;
		}

	}

}
