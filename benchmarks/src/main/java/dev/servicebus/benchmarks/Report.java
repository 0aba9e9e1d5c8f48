package dev.servicebus.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.servicebus.benchmarks.measure.Latency;

/**
 * The result of one scenario as text, one line for each peer. A ratio is ours by the
 * peer's: of rates, or of median latencies where the scenario is about those.
 *
 * @param scenario its name
 * @param ours this project's figures
 * @param peers the figures of the others
 */
record Report(String scenario, Summary ours, List<Line> peers) {

	@Override
	public String toString() {
		return this.peers.stream().map(this::line).collect(Collectors.joining(System.lineSeparator()));
	}

	private String line(Line line) {
		Summary peer = line.summary();
		return "scenario=" + this.scenario + " " + speed(peer)
				+ format(" cpu_ratio=%s bytes_per_message=%.0f peer_bytes_per_message=%.0f", cpuRatio(peer),
						this.ours.bytes(), peer.bytes())
				+ format(" cpu_us=%.3f peer_cpu_us=%.3f", this.ours.cpuNanos() / 1000, peer.cpuNanos() / 1000)
				+ retained(peer) + format(" threads=%.0f peer_threads=%.0f against=%s", this.ours.threads(),
						peer.threads(), line.name());
	}

	private String retained(Summary peer) {
		Double own = this.ours.retainedBytes();
		Double other = peer.retainedBytes();
		return (own != null && other != null) ? format(" retained_bytes=%.0f peer_retained_bytes=%.0f", own, other)
				: "";
	}

	/**
	 * The system counts processor time in steps of 10 ms: in a short round there may have
	 * been none.
	 */
	private String cpuRatio(Summary peer) {
		return (peer.cpuNanos() > 0) ? format("%.3f", this.ours.cpuNanos() / peer.cpuNanos()) : "unknown";
	}

	private String speed(Summary peer) {
		Latency ownLatency = this.ours.latency();
		Latency peerLatency = peer.latency();
		if (ownLatency == null || peerLatency == null) {
			return format("ours=%.0f/s peer=%.0f/s ratio=%.2f", this.ours.rate(), peer.rate(),
					this.ours.rate() / peer.rate());
		}
		return format("ours=%.0fus peer=%.0fus ratio=%.2f", ownLatency.medianNanos() / 1000,
				peerLatency.medianNanos() / 1000, ownLatency.medianNanos() / peerLatency.medianNanos())
				+ format(" ours_p99=%.0fus peer_p99=%.0fus ours_p999=%.0fus peer_p999=%.0fus",
						ownLatency.p99Nanos() / 1000, peerLatency.p99Nanos() / 1000, ownLatency.p999Nanos() / 1000,
						peerLatency.p999Nanos() / 1000);
	}

	private static String format(String format, Object... values) {
		return String.format(Locale.ROOT, format, values);
	}

	/**
	 * The figures of one peer.
	 *
	 * @param name who it is
	 * @param summary its figures
	 */
	record Line(String name, Summary summary) {

	}

}
