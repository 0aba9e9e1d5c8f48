package dev.servicebus.emulator.entity;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import dev.servicebus.emulator.delivery.ReceiveMode;
import dev.servicebus.emulator.delivery.Settlement;
import dev.servicebus.emulator.entity.QueueModel.Entry;
import dev.servicebus.emulator.entity.QueueModel.Place;
import dev.servicebus.emulator.store.BrokerMessage;
import dev.servicebus.emulator.store.MessageSnapshot;
import dev.servicebus.emulator.store.MessageState;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random operations on a queue and on {@link QueueModel}. After each of them both must
 * hold the same messages in the same places, with the same numbers, counts and locks: so
 * none is lost, none is twice, and none changes for no reason.
 */
@Timeout(60)
class QueueModelTests {

	private static final int OPERATIONS = 2_000;

	private final TestBroker broker = new TestBroker();

	private final Map<String, UUID> tokens = new HashMap<>();

	private Random random;

	private Queue queue;

	private QueueModel model;

	private int sent;

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void queueDoesWhatTheModelDoes(long seed) {
		this.random = new Random(seed);
		EntityOptions options = EntityOptions.builder()
			.lockDuration(Duration.ofSeconds(5 + this.random.nextInt(20)))
			.maxDeliveryCount(1 + this.random.nextInt(4))
			.defaultTimeToLive(Duration.ofSeconds(30 + this.random.nextInt(60)))
			.deadLetteringOnMessageExpiration(this.random.nextBoolean())
			.build();
		this.queue = this.broker.namespace.createQueue("orders", options);
		this.model = new QueueModel(options, this.broker.timers.now());
		for (int i = 0; i < OPERATIONS; i++) {
			String operation = operate();
			compare("seed %d, operation %d: %s".formatted(seed, i, operation));
		}
	}

	private String operate() {
		return switch (this.random.nextInt(9)) {
			case 0, 1 -> send();
			case 2, 3 -> receive(SubQueue.NONE);
			case 4 -> receive(SubQueue.DEAD_LETTER);
			case 5, 6 -> settle();
			case 7 -> this.random.nextBoolean() ? renewOrCancel() : receiveDeferred();
			default -> advance();
		};
	}

	private String send() {
		String id = "m" + this.sent++;
		long timeToLive = 1 + this.random.nextInt(100_000);
		long delay = this.random.nextInt(3) - 1 + ((this.random.nextInt(3) == 0) ? this.random.nextInt(40_000) : 0);
		long at = this.broker.timers.now() + delay;
		this.queue
			.enqueue(TestMessage.of(id).livingFor(Duration.ofMillis(timeToLive)).scheduledAt(Instant.ofEpochMilli(at)));
		this.model.send(id, timeToLive, at);
		return "send " + id;
	}

	private String receive(SubQueue part) {
		List<Entry> ready = this.model.ready((part == SubQueue.NONE) ? Place.ACTIVE : Place.DEAD);
		if (ready.isEmpty()) {
			return "nothing to receive";
		}
		Entry expected = ready.get(0);
		ReceivableEntity source = this.queue.source(part);
		boolean lock = this.random.nextInt(8) != 0;
		TestConsumer consumer = lock ? TestConsumer.peekLock(source) : TestConsumer.receiveAndDelete(source);
		consumer.request(1).registration.cancel();
		assertThat(consumer.ids()).containsExactly(expected.id);
		assertThat(consumer.last().deliveryCount()).isEqualTo(expected.deliveryCount);
		if (lock) {
			this.model.lock(expected);
			this.tokens.put(expected.id, consumer.lastToken());
		}
		else {
			this.model.remove(expected);
		}
		return "receive " + expected.id;
	}

	private String receiveDeferred() {
		Entry expected = any(
				this.model.in((entry) -> !entry.locked && entry.place == Place.DEFERRED && entry.expiresAt > now()));
		if (expected == null) {
			return "nothing deferred";
		}
		BrokerMessage message = this.queue.source(SubQueue.NONE)
			.receiveDeferred(ReceiveMode.PEEK_LOCK, expected.number)
			.get(0);
		this.model.lock(expected);
		this.tokens.put(expected.id, message.lockToken());
		return "receive deferred " + expected.id;
	}

	private String settle() {
		Entry entry = any(this.model.in((candidate) -> candidate.locked));
		if (entry == null) {
			return "nothing to settle";
		}
		Settlement settlement = switch (this.random.nextInt(5)) {
			case 0 -> Settlement.complete();
			case 1 -> Settlement.release();
			case 2 -> Settlement.defer(Map.of());
			case 3 -> entry.isDead() ? Settlement.complete() : Settlement.deadLetter("asked for", null, Map.of());
			default -> Settlement.abandon(Map.of());
		};
		source(entry).settle(this.tokens.get(entry.id), settlement);
		switch (settlement.outcome()) {
			case COMPLETE -> this.model.remove(entry);
			case RELEASE -> this.model.release(entry);
			case DEFER -> this.model.defer(entry);
			case DEAD_LETTER -> this.model.deadLetter(entry, "asked for");
			case ABANDON -> this.model.fail(entry);
		}
		return settlement.outcome() + " " + entry.id;
	}

	private String renewOrCancel() {
		Entry locked = any(this.model.in((candidate) -> candidate.locked));
		if (locked != null) {
			source(locked).renewLocks(List.of(this.tokens.get(locked.id)));
			this.model.lock(locked);
			return "renew " + locked.id;
		}
		Entry scheduled = any(this.model.at(Place.SCHEDULED));
		if (scheduled != null) {
			this.queue.cancelScheduled(scheduled.number);
			this.model.remove(scheduled);
			return "cancel " + scheduled.id;
		}
		return "nothing to renew or cancel";
	}

	private String advance() {
		long millis = this.random.nextInt(12_000);
		this.broker.advance(Duration.ofMillis(millis));
		this.model.advance(millis);
		return "advance " + millis;
	}

	private void compare(String after) {
		assertThat(lines(SubQueue.NONE)).as(after)
			.isEqualTo(lines(this.model.in((entry) -> entry.place != Place.GONE && !entry.isDead())));
		assertThat(lines(SubQueue.DEAD_LETTER)).as(after).isEqualTo(lines(this.model.in(Entry::isDead)));
		EntityCounts counts = this.queue.counts();
		assertThat(counts.active()).as(after).isEqualTo(this.model.at(Place.ACTIVE).size());
		assertThat(counts.scheduled()).as(after).isEqualTo(this.model.at(Place.SCHEDULED).size());
		assertThat(counts.deferred()).as(after).isEqualTo(this.model.at(Place.DEFERRED).size());
		assertThat(counts.sizeInBytes()).as(after)
			.isEqualTo(100L * this.model.in((entry) -> entry.place != Place.GONE).size());
	}

	private List<String> lines(SubQueue part) {
		return this.queue.source(part)
			.snapshot()
			.stream()
			.map((message) -> line((String) message.content().messageId(), message.sequenceNumber(), message.state(),
					message.deliveryCount(), (message.lockedUntil() != null) ? message.lockedUntil().toEpochMilli() : 0,
					reason(message)))
			.toList();
	}

	private static List<String> lines(List<Entry> entries) {
		return entries.stream()
			.map((entry) -> line(entry.id, entry.number, state(entry), entry.deliveryCount,
					entry.locked ? entry.lockedUntil : 0, entry.reason))
			.toList();
	}

	private static String line(String id, long number, MessageState state, int count, long lockedUntil, String reason) {
		return "%s number=%d %s count=%d locked=%d reason=%s".formatted(id, number, state, count, lockedUntil, reason);
	}

	private static String reason(MessageSnapshot message) {
		return (String) message.applicationProperties().get("DeadLetterReason");
	}

	private static MessageState state(Entry entry) {
		return switch (entry.place) {
			case SCHEDULED -> MessageState.SCHEDULED;
			case DEFERRED, DEAD_DEFERRED -> MessageState.DEFERRED;
			default -> MessageState.ACTIVE;
		};
	}

	private ReceivableEntity source(Entry entry) {
		return this.queue.source(entry.isDead() ? SubQueue.DEAD_LETTER : SubQueue.NONE);
	}

	private Entry any(List<Entry> entries) {
		return entries.isEmpty() ? null : entries.get(this.random.nextInt(entries.size()));
	}

	private long now() {
		return this.broker.timers.now();
	}

}
