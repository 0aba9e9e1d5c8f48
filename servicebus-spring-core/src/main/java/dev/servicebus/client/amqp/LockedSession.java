package dev.servicebus.client.amqp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.concurrent.CompletableFuture;

import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.ServiceBusSession;
import dev.servicebus.client.management.GetSessionState;
import dev.servicebus.client.management.RenewSessionLock;
import dev.servicebus.client.management.SetSessionState;
import org.jspecify.annotations.Nullable;

/**
 * A session whose lock this client holds, or held.
 */
final class LockedSession implements ServiceBusSession {

	private final Completions completions;

	private final ReceiverManagement management;

	private final SessionLock lock;

	private final Duration timeout;

	/**
	 * Makes the session of a lock that was granted.
	 * @param completions takes results to those who wait
	 * @param management asks the broker
	 * @param lock the lock of the session
	 * @param timeout within which an operation ends
	 */
	LockedSession(Completions completions, ReceiverManagement management, SessionLock lock, Duration timeout) {
		this.completions = completions;
		this.management = management;
		this.lock = lock;
		this.timeout = timeout;
	}

	/**
	 * The same session with another time limit.
	 */
	LockedSession withTimeout(Duration newTimeout) {
		return new LockedSession(this.completions, this.management, this.lock, newTimeout);
	}

	SessionLock lock() {
		return this.lock;
	}

	@Override
	public String sessionId() {
		return this.lock.sessionId();
	}

	@Override
	public OffsetDateTime lockedUntil() {
		return this.lock.lockedUntil();
	}

	@Override
	public @Nullable ServiceBusException autoRenewError() {
		return this.lock.autoRenewError();
	}

	@Override
	public byte @Nullable [] getState() {
		return this.completions.await(where("get-session-state"), this::getState);
	}

	@Override
	public CompletableFuture<byte @Nullable []> getStateAsync() {
		return this.completions.async(this::getState);
	}

	@Override
	public @Nullable String getStateAsString() {
		return text(getState());
	}

	@Override
	public CompletableFuture<@Nullable String> getStateAsStringAsync() {
		return this.completions.async(
				(Completion<@Nullable String> completion) -> getState(Completion.map(completion, LockedSession::text)));
	}

	@Override
	public void setState(byte @Nullable [] state) {
		byte @Nullable [] copy = copy(state);
		this.completions.await(where("set-session-state"),
				(Completion<@Nullable Void> completion) -> setState(copy, completion));
	}

	@Override
	public CompletableFuture<Void> setStateAsync(byte @Nullable [] state) {
		byte @Nullable [] copy = copy(state);
		return this.completions.async((Completion<@Nullable Void> completion) -> setState(copy, completion));
	}

	@Override
	public void setStateAsString(@Nullable String state) {
		setState(bytes(state));
	}

	@Override
	public CompletableFuture<Void> setStateAsStringAsync(@Nullable String state) {
		return setStateAsync(bytes(state));
	}

	@Override
	public OffsetDateTime renewLock() {
		return this.completions.await(where("renew-session-lock"), this::renewLock);
	}

	@Override
	public CompletableFuture<OffsetDateTime> renewLockAsync() {
		return this.completions.async(this::renewLock);
	}

	private void getState(Completion<byte @Nullable []> completion) {
		this.management.call(new GetSessionState(sessionId()), this.timeout,
				Completion.map(completion, (state) -> state.bytes()));
	}

	private void setState(byte @Nullable [] state, Completion<@Nullable Void> completion) {
		this.management.call(new SetSessionState(sessionId(), state), this.timeout, Completion.ofDone(completion));
	}

	private void renewLock(Completion<OffsetDateTime> completion) {
		this.management.call(new RenewSessionLock(sessionId()), this.timeout, Completion.map(completion, (until) -> {
			this.lock.renewed(until);
			return until;
		}));
	}

	private ErrorContext where(String operation) {
		return ErrorContext.of(operation, this.management.entityPath());
	}

	private static byte @Nullable [] copy(byte @Nullable [] state) {
		return (state != null) ? state.clone() : null;
	}

	private static byte @Nullable [] bytes(@Nullable String text) {
		return (text != null) ? text.getBytes(StandardCharsets.UTF_8) : null;
	}

	private static @Nullable String text(byte @Nullable [] bytes) {
		return (bytes != null) ? new String(bytes, StandardCharsets.UTF_8) : null;
	}

	@Override
	public String toString() {
		return "ServiceBusSession[entityPath=" + this.management.entityPath() + ", sessionId=" + sessionId() + "]";
	}

}
