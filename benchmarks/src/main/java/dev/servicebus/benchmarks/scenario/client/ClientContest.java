package dev.servicebus.benchmarks.scenario.client;

import java.util.ArrayList;
import java.util.List;

import dev.servicebus.benchmarks.broker.BrokerProcess;
import dev.servicebus.benchmarks.contender.Contender;
import dev.servicebus.benchmarks.contender.ContenderKind;
import dev.servicebus.benchmarks.measure.Measurement;
import dev.servicebus.benchmarks.scenario.Contest;
import dev.servicebus.benchmarks.scenario.Side;

/**
 * Clients in turns on one broker, each round with a new client and a new queue.
 */
final class ClientContest implements Contest {

	private final BrokerProcess broker;

	private final List<Side> sides = new ArrayList<>();

	private int queues;

	ClientContest(Workload workload, BrokerProcess broker) {
		this.broker = broker;
		for (ContenderKind kind : ContenderKind.values()) {
			if (workload.suits(kind)) {
				this.sides.add(new Client(kind, workload));
			}
		}
	}

	@Override
	public List<Side> sides() {
		return List.copyOf(this.sides);
	}

	@Override
	public void close() {
		this.broker.close();
	}

	/**
	 * One of the clients.
	 */
	private final class Client implements Side {

		private final ContenderKind kind;

		private final Workload workload;

		Client(ContenderKind kind, Workload workload) {
			this.kind = kind;
			this.workload = workload;
		}

		@Override
		public String name() {
			return this.kind.text();
		}

		@Override
		public Measurement run(int messages) {
			BrokerProcess broker = ClientContest.this.broker;
			String queue = this.workload.name() + "-" + ClientContest.this.queues++;
			broker.createQueue(queue);
			System.gc();
			try (Contender contender = Round.connect(this.kind, broker)) {
				return this.workload.run(new Round(this.kind, contender, broker, queue, messages));
			}
			finally {
				broker.deleteQueue(queue);
			}
		}

	}

}
