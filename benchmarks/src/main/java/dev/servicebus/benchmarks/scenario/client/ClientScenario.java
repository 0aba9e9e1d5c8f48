package dev.servicebus.benchmarks.scenario.client;

import dev.servicebus.benchmarks.broker.BrokerKind;
import dev.servicebus.benchmarks.broker.BrokerProcess;
import dev.servicebus.benchmarks.scenario.Contest;
import dev.servicebus.benchmarks.scenario.Scenario;

/**
 * Clients do the same on an emulator that runs in a Java virtual machine of its own, so
 * that what it costs does not count as the client's.
 *
 * @param workload what they do
 * @param broker what they do it on
 */
record ClientScenario(Workload workload, BrokerKind broker) implements Scenario {

	/**
	 * On the emulator as it is.
	 */
	ClientScenario(Workload workload) {
		this(workload, BrokerKind.EMULATOR);
	}

	@Override
	public String name() {
		return this.workload.name();
	}

	@Override
	public int defaultMessages() {
		return this.workload.defaultMessages();
	}

	@Override
	public Contest open() {
		return new ClientContest(this.workload, BrokerProcess.start(this.broker));
	}

}
