package dev.servicebus.emulator.amqp.fault;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.servicebus.emulator.fault.FaultError;
import dev.servicebus.emulator.fault.FaultRules;
import dev.servicebus.emulator.time.BrokerTimers;

/**
 * The faults of all connections of a broker.
 */
public final class FaultControl {

	private final Set<ConnectionFaults> connections = new LinkedHashSet<>();

	private final FaultRules rules;

	private final BrokerTimers timers;

	/**
	 * Begins without any fault.
	 * @param timers the time of the broker
	 */
	public FaultControl(BrokerTimers timers) {
		this.timers = timers;
		this.rules = new FaultRules(timers.clock());
	}

	/**
	 * The scripted faults.
	 */
	public FaultRules rules() {
		return this.rules;
	}

	/**
	 * Faults of a connection that is about to begin.
	 */
	public ConnectionFaults newConnection() {
		return new ConnectionFaults(this);
	}

	/**
	 * Forgets the scripted faults and cuts the connections on which nothing passes.
	 */
	public void clear() {
		this.rules.clear();
		List.copyOf(this.connections).forEach(ConnectionFaults::heal);
	}

	/**
	 * Cuts every connection.
	 */
	public void dropConnections() {
		List.copyOf(this.connections).forEach(ConnectionFaults::drop);
	}

	/**
	 * Closes every connection with an error.
	 */
	public void closeConnections(FaultError error) {
		List.copyOf(this.connections).forEach((connection) -> connection.close(error));
	}

	/**
	 * Ends every session with an error.
	 */
	public void endSessions(FaultError error) {
		List.copyOf(this.connections).forEach((connection) -> connection.endSessions(error));
	}

	/**
	 * Takes no message any more on the connections that are open now.
	 */
	public void closeWindows() {
		this.connections.forEach(ConnectionFaults::closeWindows);
	}

	/**
	 * Lets no byte pass any more on the connections that are open now.
	 */
	public void blackHoleConnections() {
		this.connections.forEach(ConnectionFaults::blackHole);
	}

	/**
	 * Closes every link to an entity, and every link to its management node.
	 */
	public void detachLinks(String entity, FaultError error) {
		List.copyOf(this.connections).forEach((connection) -> connection.detachLinks(entity, error));
	}

	/**
	 * Loses every link to an entity without a word.
	 */
	public void forgetLinks(String entity) {
		List.copyOf(this.connections).forEach((connection) -> connection.forgetLinks(entity));
	}

	BrokerTimers timers() {
		return this.timers;
	}

	void add(ConnectionFaults connection) {
		this.connections.add(connection);
	}

	void remove(ConnectionFaults connection) {
		this.connections.remove(connection);
	}

}
