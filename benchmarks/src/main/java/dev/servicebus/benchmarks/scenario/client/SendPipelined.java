package dev.servicebus.benchmarks.scenario.client;

import dev.servicebus.benchmarks.contender.Contender;
import dev.servicebus.benchmarks.contender.Sample;
import dev.servicebus.benchmarks.contender.SendWindow;
import dev.servicebus.benchmarks.measure.Measurement;
import dev.servicebus.benchmarks.measure.Meter;
import dev.servicebus.benchmarks.measure.Usage;

/**
 * One thread sends single messages without waiting, as long as no more than 500 are under
 * way.
 */
final class SendPipelined implements Workload {

	private static final int WINDOW = 500;

	@Override
	public String name() {
		return "send-pipelined";
	}

	@Override
	public int defaultMessages() {
		return 20_000;
	}

	@Override
	public Measurement run(Round round) {
		Contender.Sender sender = round.contender().sender(round.queue());
		connect(sender);
		SendWindow window = new SendWindow(WINDOW);
		Meter meter = Meter.start();
		for (int number = 0; number < round.messages(); number++) {
			window.acquire();
			sender.send(new Sample(number), window);
		}
		window.awaitAll();
		Usage usage = meter.usedFor(round.messages());
		round.requireStored(round.messages() + 1);
		return Measurement.of(usage);
	}

	/**
	 * The first message makes the connection and the link.
	 */
	private static void connect(Contender.Sender sender) {
		SendWindow window = new SendWindow(1);
		window.acquire();
		sender.send(new Sample(0), window);
		window.awaitAll();
	}

}
