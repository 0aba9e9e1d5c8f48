package dev.servicebus.emulator.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(30)
class MessageIndexTests {

	private final MessageIndex index = new MessageIndex();

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4 })
	void indexAgreesWithSortedMaps(long seed) {
		Random random = new Random(seed);
		TreeMap<Long, BrokerMessage> all = new TreeMap<>();
		TreeMap<Long, BrokerMessage> ready = new TreeMap<>();
		for (int i = 0; i < 20_000; i++) {
			long number = 1 + random.nextInt(1_000);
			BrokerMessage message = all.get(number);
			if (message == null) {
				message = message(number);
				this.index.put(message);
				all.put(number, message);
			}
			else if (ready.remove(number) != null) {
				this.index.clearReady(message);
			}
			else if (random.nextBoolean()) {
				this.index.setReady(message);
				ready.put(number, message);
			}
			else {
				this.index.remove(message);
				all.remove(number);
			}
			assertThat(this.index.size()).as("seed %d", seed).isEqualTo(all.size());
			assertThat(this.index.firstReady()).as("seed %d", seed)
				.isSameAs(ready.isEmpty() ? null : ready.firstEntry().getValue());
			assertThat(this.index.find(number)).as("seed %d", seed).isSameAs(all.get(number));
		}
		long from = 1 + random.nextInt(1_000);
		assertThat(this.index.from(from)).as("seed %d", seed)
			.containsExactlyElementsOf(all.tailMap(from, true).values());
	}

	@Test
	void numbersAtTheEdgesOfPagesAreKeptApart() {
		List<BrokerMessage> messages = new ArrayList<>();
		for (long number : new long[] { 0, 63, 64, 127, 128, Long.MAX_VALUE }) {
			messages.add(message(number));
		}
		messages.forEach(this.index::put);
		assertThat(this.index.from(0)).containsExactlyElementsOf(messages);
		assertThat(this.index.from(64)).containsExactlyElementsOf(messages.subList(2, 6));
		assertThat(this.index.from(Long.MIN_VALUE)).hasSize(6);
		assertThat(this.index.find(65)).isNull();
		assertThat(this.index.find(-1)).isNull();
	}

	@Test
	void removingWhatIsNotThereIsAnError() {
		assertThatIllegalStateException().isThrownBy(() -> this.index.remove(message(5)))
			.withMessage("message 5 is not in this index");
	}

	private static BrokerMessage message(long number) {
		BrokerMessage message = new BrokerMessage(new Nothing());
		message.setNumber(number, 0);
		return message;
	}

	private record Nothing() implements MessageContent {

		@Override
		public @Nullable Object messageId() {
			return null;
		}

		@Override
		public @Nullable String sessionId() {
			return null;
		}

		@Override
		public @Nullable String partitionKey() {
			return null;
		}

		@Override
		public @Nullable Duration timeToLive() {
			return null;
		}

		@Override
		public @Nullable Instant scheduledEnqueueTime() {
			return null;
		}

		@Override
		public long size() {
			return 0;
		}

		@Override
		public Map<String, @Nullable Object> applicationProperties() {
			return Map.of();
		}

	}

}
