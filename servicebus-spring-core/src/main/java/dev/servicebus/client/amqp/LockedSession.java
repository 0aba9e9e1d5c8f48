package dev.servicebus.client.amqp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.concurrent.CompletableFuture;

import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.LockRenewal;
import dev.servicebus.client.LockRenewalOptions;
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

	private final ReceiverContext context;

	private final SessionLock lock;

	private final Duration timeout;

	/**
	 * Makes the session of a lock that was granted.
	 * @param context what the parts of the receiver share
	 * @param lock the lock of the session
	 * @param timeout within which an operation ends
	 */
	LockedSession(ReceiverContext context, SessionLock lock, Duration timeout) {
		this.context = context;
		this.lock = lock;
		this.timeout = timeout;
	}

	/**
	 * The same session with another time limit.
	 */
	LockedSession withTimeout(Duration newTimeout) {
		return new LockedSession(this.context, this.lock, newTimeout);
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
		return completions().await(where("get-session-state"), this::getState);
	}

	@Override
	public CompletableFuture<byte @Nullable []> getStateAsync() {
		return completions().async(where("get-session-state"), this::getState);
	}

	@Override
	public @Nullable String getStateAsString() {
		return text(getState());
	}

	@Override
	public CompletableFuture<@Nullable String> getStateAsStringAsync() {
		return completions().async(where("get-session-state"),
				(Completion<@Nullable String> completion) -> getState(Completion.map(completion, LockedSession::text)));
	}

	@Override
	public void setState(byte @Nullable [] state) {
		byte @Nullable [] copy = copy(state);
		completions().await(where("set-session-state"),
				(Completion<@Nullable Void> completion) -> setState(copy, completion));
	}

	@Override
	public CompletableFuture<Void> setStateAsync(byte @Nullable [] state) {
		byte @Nullable [] copy = copy(state);
		return completions().async(where("set-session-state"),
				(Completion<@Nullable Void> completion) -> setState(copy, completion));
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
		return completions().await(where("renew-session-lock"), this::renewLock);
	}

	@Override
	public CompletableFuture<OffsetDateTime> renewLockAsync() {
		return completions().async(where("renew-session-lock"), this::renewLock);
	}

	@Override
	public LockRenewal keepLocked(LockRenewalOptions options) {
		if (!this.context.options().maxLockRenewal().isZero()) {
			throw new IllegalStateException("The receiver renews the lock of its session itself");
		}
		LockKeeping keeping = new LockKeeping(this.context.core(), options);
		this.context.core().execute(() -> this.lock.keptBy(keeping));
		return keeping;
	}

	private Completions completions() {
		return this.context.core().completions();
	}

	private void getState(Completion<byte @Nullable []> completion) {
		this.context.management()
			.call(new GetSessionState(sessionId()), this.timeout, Completion.map(completion, (state) -> state.bytes()));
	}

	private void setState(byte @Nullable [] state, Completion<@Nullable Void> completion) {
		this.context.management()
			.call(new SetSessionState(sessionId(), state), this.timeout, Completion.ofDone(completion));
	}

	private void renewLock(Completion<OffsetDateTime> completion) {
		this.context.management()
			.call(new RenewSessionLock(sessionId()), this.timeout, Completion.map(completion, (until) -> {
				this.lock.renewed(until);
				return this.lock.lockedUntil();
			}));
	}

	private ErrorContext where(String operation) {
		return ErrorContext.of(operation, this.context.management().entityPath());
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
		return "ServiceBusSession[entityPath=" + this.context.management().entityPath() + ", sessionId=" + sessionId()
				+ "]";
	}

}
