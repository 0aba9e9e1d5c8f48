package dev.servicebus.benchmarks.scenario.client;

import dev.servicebus.benchmarks.contender.Contender;
import dev.servicebus.benchmarks.contender.Sample;
import dev.servicebus.benchmarks.contender.SendWindow;
import dev.servicebus.benchmarks.measure.Latency;
import dev.servicebus.benchmarks.measure.Measurement;
import dev.servicebus.benchmarks.measure.Meter;
import dev.servicebus.benchmarks.measure.Usage;

/**
 * One thread sends single messages and waits for each to be accepted before it sends the
 * next.
 */
final class SendAwait implements Workload {

	@Override
	public String name() {
		return "send-await";
	}

	@Override
	public int defaultMessages() {
		return 3_000;
	}

	@Override
	public Measurement run(Round round) {
		Contender.Sender sender = round.contender().sender(round.queue());
		SendWindow window = new SendWindow(1);
		send(sender, 0, window);
		long[] nanos = new long[round.messages()];
		Meter meter = Meter.start();
		for (int number = 0; number < round.messages(); number++) {
			long start = System.nanoTime();
			send(sender, number, window);
			nanos[number] = System.nanoTime() - start;
		}
		Usage usage = meter.usedFor(round.messages());
		round.requireStored(round.messages() + 1);
		return new Measurement(usage, Latency.of(nanos));
	}

	private static void send(Contender.Sender sender, int number, SendWindow window) {
		window.acquire();
		sender.send(new Sample(number), window);
		window.awaitAll();
	}

}
