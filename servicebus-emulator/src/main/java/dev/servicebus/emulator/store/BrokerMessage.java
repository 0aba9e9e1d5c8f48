package dev.servicebus.emulator.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import dev.servicebus.emulator.time.BrokerTimer;
import org.jspecify.annotations.Nullable;

/**
 * A message in the broker: the content as it was sent, beside it what the broker itself
 * keeps. Instants are milliseconds since the epoch on the broker's clock.
 *
 * <p>
 * Belongs to the broker's loop and changes with every operation on the message: read it
 * inside the call that hands it out, or take a {@link MessageSnapshot}.
 */
public final class BrokerMessage {

	/** The value of {@link #expiresAt()} of a message that never expires. */
	public static final long NEVER = Long.MAX_VALUE;

	private final MessageContent content;

	private long sequenceNumber;

	private long enqueuedTime;

	private long expiresAt = NEVER;

	private int deliveryCount;

	private MessageState state = MessageState.ACTIVE;

	private @Nullable Map<String, @Nullable Object> modifiedProperties;

	private @Nullable Origin origin;

	private @Nullable BrokerTimer timer;

	private @Nullable UUID lockToken;

	private long lockedUntil;

	private boolean claimed;

	/** The lock that expires before this one, see {@link LockTable}. */
	@Nullable BrokerMessage earlierLock;

	/** The lock that expires after this one, see {@link LockTable}. */
	@Nullable BrokerMessage laterLock;

	BrokerMessage(MessageContent content) {
		this.content = content;
	}

	/**
	 * The message as it was sent.
	 */
	public MessageContent content() {
		return this.content;
	}

	/**
	 * The number under which the entity keeps the message.
	 */
	public long sequenceNumber() {
		return this.sequenceNumber;
	}

	/**
	 * When the entity took the message; for a scheduled message, when it became active.
	 */
	public long enqueuedTime() {
		return this.enqueuedTime;
	}

	/**
	 * When the message expires, {@link #NEVER} if it does not.
	 */
	public long expiresAt() {
		return this.expiresAt;
	}

	/**
	 * How many deliveries have failed so far.
	 */
	public int deliveryCount() {
		return this.deliveryCount;
	}

	public MessageState state() {
		return this.state;
	}

	/**
	 * The application properties that receivers or the broker have set since the message
	 * was sent. They win over {@link MessageContent#applicationProperties()}.
	 */
	public Map<String, @Nullable Object> modifiedProperties() {
		return (this.modifiedProperties != null) ? Collections.unmodifiableMap(this.modifiedProperties) : Map.of();
	}

	/**
	 * Where the message was before it was copied or forwarded, {@code null} if it was
	 * neither.
	 */
	public @Nullable Origin origin() {
		return this.origin;
	}

	/**
	 * Settles the present delivery; {@code null} while nobody has locked the message.
	 */
	public @Nullable UUID lockToken() {
		return this.lockToken;
	}

	/**
	 * When the present lock ends. Only meaningful while the message is locked.
	 */
	public long lockedUntil() {
		return this.lockedUntil;
	}

	public boolean isLocked() {
		return this.lockToken != null;
	}

	/**
	 * Returns whether an open transaction will settle the message. It then stays locked,
	 * whatever the time, until the transaction ends.
	 */
	public boolean isClaimed() {
		return this.claimed;
	}

	/**
	 * Returns whether the message has outlived its time to live.
	 */
	public boolean isExpired(long now) {
		return this.expiresAt <= now;
	}

	void modify(Map<String, ? extends @Nullable Object> properties) {
		if (this.modifiedProperties == null) {
			this.modifiedProperties = new LinkedHashMap<>();
		}
		this.modifiedProperties.putAll(properties);
	}

	void countFailedDelivery() {
		this.deliveryCount++;
	}

	void setNumber(long newSequenceNumber, long newEnqueuedTime) {
		this.sequenceNumber = newSequenceNumber;
		this.enqueuedTime = newEnqueuedTime;
	}

	void setOrigin(Origin newOrigin) {
		this.origin = newOrigin;
	}

	void setExpiresAt(long newExpiresAt) {
		this.expiresAt = newExpiresAt;
	}

	void setState(MessageState newState) {
		this.state = newState;
	}

	void setLock(@Nullable UUID token, long until) {
		this.lockToken = token;
		this.lockedUntil = until;
	}

	void setClaimed(boolean newClaimed) {
		this.claimed = newClaimed;
	}

	/**
	 * Replaces the one timer that the message waits for.
	 */
	void setTimer(@Nullable BrokerTimer newTimer) {
		if (this.timer != null) {
			this.timer.cancel();
		}
		this.timer = newTimer;
	}

}
