package dev.servicebus.benchmarks.scenario.client;

import java.util.ArrayList;
import java.util.List;

import dev.servicebus.benchmarks.broker.BrokerProcess;
import dev.servicebus.benchmarks.contender.Contender;
import dev.servicebus.benchmarks.contender.OwnContender;
import dev.servicebus.benchmarks.contender.VendorContender;
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
		this.sides.add(new Client("ours", OwnContender::new, workload));
		this.sides.add(new Client("microsoft", VendorContender::new, workload));
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

		private final String name;

		private final Contender.Factory factory;

		private final Workload workload;

		Client(String name, Contender.Factory factory, Workload workload) {
			this.name = name;
			this.factory = factory;
			this.workload = workload;
		}

		@Override
		public String name() {
			return this.name;
		}

		@Override
		public Measurement run(int messages) {
			BrokerProcess broker = ClientContest.this.broker;
			String queue = this.workload.name() + "-" + ClientContest.this.queues++;
			broker.createQueue(queue);
			System.gc();
			try (Contender contender = this.factory.connect(broker.connectionString())) {
				return this.workload.run(new Round(contender, broker, queue, messages));
			}
			finally {
				broker.deleteQueue(queue);
			}
		}

	}

}
