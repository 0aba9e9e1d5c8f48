package dev.servicebus.emulator;

import java.util.List;
import java.util.function.Consumer;

import dev.servicebus.emulator.amqp.fault.FaultControl;
import dev.servicebus.emulator.fault.FaultError;
import dev.servicebus.emulator.fault.FaultPoint;
import dev.servicebus.emulator.fault.FaultRules;
import dev.servicebus.emulator.fault.FaultSpec;
import dev.servicebus.emulator.fault.FiredFault;
import org.jspecify.annotations.Nullable;

/**
 * Makes things go wrong as they do in production, to see what clients make of it.
 *
 * <pre>{@code
 * emulator.faults().onSend("orders").next(2).refuse(FaultError.serverBusy());
 * emulator.faults().onRequest("orders", "com.microsoft:renew-lock").always().swallowAnswer();
 * emulator.faults().dropConnections();
 * }</pre>
 *
 * <p>
 * Names of entities compare without case and may end in a sub-queue, for example
 * {@code orders/$DeadLetterQueue}. Faults survive {@link ServiceBusEmulator#reset()};
 * {@link #clear()} ends them. Thread-safe: a fault is in force when the method that
 * scripts it returns.
 */
public final class Faults {

	private final RunningEmulator emulator;

	Faults(RunningEmulator emulator) {
		this.emulator = emulator;
	}

	/**
	 * When a client connects. Here only cutting the connection and silence make sense:
	 * the error of the others is not told.
	 */
	public FaultSpec onConnect() {
		return on(FaultPoint.CONNECT, null, null);
	}

	/**
	 * When a client authenticates by SASL. A refusal is told without its error.
	 */
	public FaultSpec onAuthenticate() {
		return on(FaultPoint.SASL, null, null);
	}

	/**
	 * When a client has opened its AMQP connection. A refusal closes it.
	 */
	public FaultSpec onOpen() {
		return on(FaultPoint.OPEN, null, null);
	}

	/**
	 * When a client shows a token for anything.
	 */
	public FaultSpec onToken() {
		return on(FaultPoint.TOKEN, null, null);
	}

	/**
	 * When a client shows a token for an entity.
	 */
	public FaultSpec onToken(String entity) {
		return on(FaultPoint.TOKEN, entity, null);
	}

	/**
	 * When a client attaches any link to an entity or its management node; also to the
	 * nodes {@code $cbs} and {@code $coordinator}.
	 */
	public FaultSpec onAttach(String entity) {
		return on(FaultPoint.ATTACH, entity, null);
	}

	/**
	 * When a client attaches a link on which it will send messages.
	 */
	public FaultSpec onAttachSender(String entity) {
		return on(FaultPoint.ATTACH, entity, "send");
	}

	/**
	 * When a client attaches a link on which it will receive messages.
	 */
	public FaultSpec onAttachReceiver(String entity) {
		return on(FaultPoint.ATTACH, entity, "receive");
	}

	/**
	 * When a client sends a message or batch to an entity.
	 */
	public FaultSpec onSend(String entity) {
		return on(FaultPoint.SEND, entity, null);
	}

	/**
	 * When a message of an entity is about to go to a client. By then it is locked, or
	 * deleted if it is received so.
	 */
	public FaultSpec onDeliver(String entity) {
		return on(FaultPoint.DELIVER, entity, null);
	}

	/**
	 * When a client settles a message of an entity on its link.
	 */
	public FaultSpec onSettle(String entity) {
		return on(FaultPoint.SETTLE, entity, null);
	}

	/**
	 * When a client asks the management node of an entity for anything.
	 */
	public FaultSpec onRequest(String entity) {
		return on(FaultPoint.REQUEST, entity, null);
	}

	/**
	 * When a client asks the management node of an entity for an operation.
	 * @param entity the entity
	 * @param operation its name on the wire, for example {@code com.microsoft:renew-lock}
	 */
	public FaultSpec onRequest(String entity, String operation) {
		return on(FaultPoint.REQUEST, entity, operation);
	}

	/**
	 * Cuts all connections now, without a word.
	 */
	public void dropConnections() {
		change(FaultControl::dropConnections);
	}

	/**
	 * Closes all connections now with an error.
	 */
	public void closeConnections(FaultError error) {
		change((faults) -> faults.closeConnections(error));
	}

	/**
	 * Ends all AMQP sessions of clients now with an error. The connections stay.
	 */
	public void endSessions(FaultError error) {
		change((faults) -> faults.endSessions(error));
	}

	/**
	 * Takes no more messages or requests on the connections that are open now, which stay
	 * alive: every session on them has an incoming window of zero. New connections are
	 * not affected.
	 */
	public void closeWindows() {
		change(FaultControl::closeWindows);
	}

	/**
	 * Closes all links of clients to an entity, and to its management node, now with an
	 * error.
	 */
	public void detachLinks(String entity, FaultError error) {
		change((faults) -> faults.detachLinks(entity, error));
	}

	/**
	 * Loses all links of clients to an entity now, without a word: the connections stay,
	 * but nothing is delivered on these links, and nothing that comes on them is heard.
	 * Links to the management node are not affected.
	 */
	public void forgetLinks(String entity) {
		change((faults) -> faults.forgetLinks(entity));
	}

	/**
	 * Lets no byte pass any more on the connections that are open now. New connections
	 * are not affected.
	 */
	public void blackHoleConnections() {
		change(FaultControl::blackHoleConnections);
	}

	/**
	 * Forgets all scripted faults and cuts the connections on which no byte, or no
	 * message, passes. Answers that are late still come.
	 */
	public void clear() {
		change(FaultControl::clear);
	}

	/**
	 * The scripted faults that have happened, the latest last; of very many, the latest
	 * 10,000.
	 */
	public List<FiredFault> log() {
		return this.emulator.call(() -> this.emulator.faults().rules().log());
	}

	private FaultSpec on(FaultPoint point, @Nullable String entity, @Nullable String operation) {
		return new FaultSpec(point, entity, operation, this::script);
	}

	private void script(Consumer<FaultRules> change) {
		change((faults) -> change.accept(faults.rules()));
	}

	private void change(Consumer<FaultControl> change) {
		this.emulator.run(() -> change.accept(this.emulator.faults()));
	}

}
