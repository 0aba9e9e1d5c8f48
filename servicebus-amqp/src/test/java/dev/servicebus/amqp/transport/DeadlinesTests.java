package dev.servicebus.amqp.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import dev.servicebus.amqp.simulation.SimulatedTime;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(20)
class DeadlinesTests {

	private final SimulatedTime time = SimulatedTime.roundRobin();

	private final CountingLoop loop = new CountingLoop(this.time.newLoop("loop"));

	private final Deadlines deadlines = new Deadlines(this.loop);

	private final List<String> expired = new ArrayList<>();

	@Test
	void entryExpiresExactlyAtItsDeadline() {
		onLoop(() -> add(100, "a"));
		this.time.advance(Duration.ofMillis(99));
		assertThat(this.expired).isEmpty();
		this.time.advance(Duration.ofMillis(1));
		assertThat(this.expired).containsExactly("a@100");
		assertThat(this.deadlines.size()).isZero();
	}

	@Test
	void entriesExpireInOrderOfDeadlineThenOfArrival() {
		onLoop(() -> {
			add(30, "late");
			add(10, "early");
			add(20, "middle");
			add(20, "middle too");
		});
		this.time.advance(Duration.ofSeconds(1));
		assertThat(this.expired).containsExactly("early@10", "middle@20", "middle too@20", "late@30");
	}

	@Test
	void cancelledEntryNeverExpires() {
		List<Deadlines.Entry> entries = new ArrayList<>();
		onLoop(() -> {
			entries.add(add(10, "a"));
			entries.add(add(20, "b"));
			entries.add(add(30, "c"));
			assertThat(entries.get(1).cancel()).isTrue();
			assertThat(entries.get(1).cancel()).isFalse();
			assertThat(entries.get(1).isPending()).isFalse();
			assertThat(this.deadlines.size()).isEqualTo(2);
		});
		this.time.advance(Duration.ofSeconds(1));
		assertThat(this.expired).containsExactly("a@10", "c@30");
		assertThat(entries.get(0).cancel()).isFalse();
	}

	@Test
	void manyLimitsOfOneLengthNeedOneTimer() {
		onLoop(() -> {
			for (int i = 0; i < 10_000; i++) {
				add(1000, "never").cancel();
			}
		});
		assertThat(this.loop.scheduled).isEqualTo(1);
		this.time.advance(Duration.ofHours(1));
		assertThat(this.loop.scheduled).isEqualTo(1);
		assertThat(this.expired).isEmpty();
	}

	@Test
	void shorterLimitMovesTheTimerForward() {
		onLoop(() -> add(1000, "long"));
		onLoop(() -> add(10, "short"));
		this.time.advance(Duration.ofMillis(10));
		assertThat(this.expired).containsExactly("short@10");
		this.time.advance(Duration.ofMillis(990));
		assertThat(this.expired).containsExactly("short@10", "long@1000");
	}

	@Test
	void entryCanBeAddedAgainFromItsOwnCallback() {
		Deadlines.Entry heartbeat = new Deadlines.Entry() {
			@Override
			protected void expired() {
				DeadlinesTests.this.expired.add("beat");
				DeadlinesTests.this.deadlines.add(Duration.ofSeconds(1), this);
			}
		};
		onLoop(() -> this.deadlines.add(Duration.ofSeconds(1), heartbeat));
		this.time.advance(Duration.ofSeconds(5));
		assertThat(this.expired).hasSize(5);
		assertThat(heartbeat.isPending()).isTrue();
	}

	@Test
	void callbackMayCancelItsNeighbour() {
		List<Deadlines.Entry> second = new ArrayList<>();
		onLoop(() -> {
			this.deadlines.add(Duration.ofMillis(10), () -> second.get(0).cancel());
			second.add(add(10, "cancelled"));
			add(10, "third");
		});
		this.time.advance(Duration.ofMillis(10));
		assertThat(this.expired).containsExactly("third@10");
	}

	@Test
	void failingCallbackDoesNotKeepOthersFromExpiring() {
		onLoop(() -> {
			this.deadlines.add(Duration.ofMillis(10), () -> {
				throw new UnsupportedOperationException("broken");
			});
			add(10, "neighbour");
			add(20, "later");
		});
		assertThatThrownBy(() -> this.time.advance(Duration.ofMillis(10))).hasMessage("broken");
		this.time.advance(Duration.ofMillis(10));
		assertThat(this.expired).containsExactly("neighbour@10", "later@20");
	}

	@Test
	void pendingEntryCannotBeAddedTwice() {
		Deadlines.Entry entry = entry("a");
		onLoop(() -> {
			this.deadlines.add(Duration.ofMillis(10), entry);
			assertThatIllegalStateException().isThrownBy(() -> this.deadlines.add(Duration.ofMillis(10), entry));
		});
	}

	@Test
	void clearCancelsEverything() {
		onLoop(() -> {
			add(10, "a");
			add(20, "b");
			this.deadlines.clear();
			add(30, "after");
		});
		this.time.advance(Duration.ofSeconds(1));
		assertThat(this.expired).containsExactly("after@30");
	}

	@Test
	void endlessLimitNeverExpires() {
		onLoop(() -> {
			this.deadlines.add(Duration.ofSeconds(Long.MAX_VALUE), entry("endless"));
			add(10, "short");
		});
		this.time.advance(Duration.ofDays(10_000));
		assertThat(this.expired).containsExactly("short@10");
	}

	@RepeatedTest(200)
	void agreesWithASimpleModelForAnyHistory() {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		Map<Integer, Deadlines.Entry> entries = new TreeMap<>();
		Map<Integer, Long> model = new TreeMap<>();
		for (int step = 0; step < 200; step++) {
			int id = step;
			switch (random.nextInt(4)) {
				case 0, 1 -> onLoop(() -> {
					long limit = random.nextBoolean() ? 50 : random.nextInt(120);
					entries.put(id, add(limit, String.valueOf(id)));
					model.put(id, this.time.elapsed().toMillis() + limit);
				});
				case 2 -> onLoop(() -> {
					int victim = random.nextInt(id + 1);
					boolean pending = model.remove(victim) != null;
					assertThat(entries.containsKey(victim) && entries.get(victim).cancel()).isEqualTo(pending);
				});
				default -> this.time.advance(Duration.ofMillis(random.nextInt(40)));
			}
			assertThat(this.expired).as("seed %d, step %d", seed, step).isEqualTo(takeDue(model));
			assertThat(this.deadlines.size()).isEqualTo(model.size());
			this.expired.clear();
		}
	}

	private List<String> takeDue(Map<Integer, Long> model) {
		long now = this.time.elapsed().toMillis();
		List<Map.Entry<Integer, Long>> due = model.entrySet()
			.stream()
			.filter((entry) -> entry.getValue() <= now)
			.sorted(Map.Entry.comparingByValue())
			.map(Map.Entry::copyOf)
			.toList();
		due.forEach((entry) -> model.remove(entry.getKey()));
		return due.stream().map((entry) -> entry.getKey() + "@" + entry.getValue()).toList();
	}

	private void onLoop(Runnable task) {
		this.time.runOn(this.loop, task);
	}

	private Deadlines.Entry add(long millis, String name) {
		Deadlines.Entry entry = entry(name);
		this.deadlines.add(Duration.ofMillis(millis), entry);
		return entry;
	}

	private Deadlines.Entry entry(String name) {
		return new Deadlines.Entry() {
			@Override
			protected void expired() {
				DeadlinesTests.this.expired.add(name + "@" + DeadlinesTests.this.time.elapsed().toMillis());
			}
		};
	}

	private static final class CountingLoop extends DelegatingEventLoop {

		private int scheduled;

		CountingLoop(EventLoop delegate) {
			super(delegate);
		}

		@Override
		public Timer schedule(Duration delay, Runnable task) {
			this.scheduled++;
			return super.schedule(delay, task);
		}

	}

}
