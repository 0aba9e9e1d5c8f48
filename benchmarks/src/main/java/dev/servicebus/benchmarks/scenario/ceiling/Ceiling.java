package dev.servicebus.benchmarks.scenario.ceiling;

import dev.servicebus.benchmarks.measure.Measurement;
import dev.servicebus.benchmarks.measure.ThreadMeter;
import dev.servicebus.benchmarks.measure.Usage;
import dev.servicebus.benchmarks.scenario.Side;
import dev.servicebus.benchmarks.scenario.codec.OwnCodec;

/**
 * The least that a message can cost both ends together on this engine: the engine at both
 * ends, one encoding, and the way of the bytes through a socket in one direction. Each
 * part is measured alone; the result is their sum.
 */
public final class Ceiling implements Side {

	/** About what the message of the other scenarios has on the wire, bytes. */
	private static final int MESSAGE_SIZE = 1100;

	@Override
	public String name() {
		return "ceiling";
	}

	@Override
	public Measurement run(int messages) {
		Usage engine = new EngineLoop(MESSAGE_SIZE).run(messages);
		Usage encoding = encode(messages);
		Usage echo = new Echo(MESSAGE_SIZE).run(messages);
		// The echo goes both ways, a message that is sent only one.
		return Measurement.of(new Usage(messages, engine.wallNanos() + encoding.wallNanos() + echo.wallNanos() / 2,
				engine.cpuNanos() + encoding.cpuNanos() + scaled(echo, messages) / 2,
				engine.allocatedBytes() + encoding.allocatedBytes() + echo.allocatedBytes() / 2, echo.threads()));
	}

	private static Usage encode(int messages) {
		ThreadMeter meter = ThreadMeter.start();
		long size = 0;
		for (int number = 0; number < messages; number++) {
			size += OwnCodec.encode();
		}
		Usage usage = meter.usedFor(messages);
		if (size < messages) {
			throw new IllegalStateException("Nothing was encoded");
		}
		return usage;
	}

	/**
	 * The echo works in whole bursts.
	 */
	private static long scaled(Usage echo, int messages) {
		return Math.round(echo.cpuNanosPerMessage() * messages);
	}

}
