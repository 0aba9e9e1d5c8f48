package dev.servicebus.benchmarks;

import java.util.Locale;

import dev.servicebus.benchmarks.measure.Latency;

/**
 * The result of one scenario as a line of text. A ratio is ours by the peer's: of rates,
 * or of median latencies where the scenario is about those.
 *
 * @param scenario its name
 * @param ours this project's figures
 * @param peer the other client's figures
 */
record Report(String scenario, Summary ours, Summary peer) {

	@Override
	public String toString() {
		return "scenario=" + this.scenario + " " + speed()
				+ format(" cpu_ratio=%.3f bytes_per_message=%.0f peer_bytes_per_message=%.0f",
						this.ours.cpuNanos() / this.peer.cpuNanos(), this.ours.bytes(), this.peer.bytes());
	}

	private String speed() {
		Latency ownLatency = this.ours.latency();
		Latency peerLatency = this.peer.latency();
		if (ownLatency == null || peerLatency == null) {
			return format("ours=%.0f/s peer=%.0f/s ratio=%.2f", this.ours.rate(), this.peer.rate(),
					this.ours.rate() / this.peer.rate());
		}
		return format("ours=%.0fus peer=%.0fus ratio=%.2f ours_p99=%.0fus peer_p99=%.0fus",
				ownLatency.medianNanos() / 1000, peerLatency.medianNanos() / 1000,
				ownLatency.medianNanos() / peerLatency.medianNanos(), ownLatency.p99Nanos() / 1000,
				peerLatency.p99Nanos() / 1000);
	}

	private static String format(String format, Object... values) {
		return String.format(Locale.ROOT, format, values);
	}

}
