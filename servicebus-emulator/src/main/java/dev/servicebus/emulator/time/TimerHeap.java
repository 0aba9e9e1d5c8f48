package dev.servicebus.emulator.time;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * A binary heap of timers in the order of their deadlines. Each timer knows its place, so
 * that one in the middle is removed as cheaply as the first and leaves nothing behind.
 */
final class TimerHeap {

	private static final int INITIAL_CAPACITY = 16;

	private @Nullable BrokerTimer[] timers = new BrokerTimer[INITIAL_CAPACITY];

	private int size;

	int size() {
		return this.size;
	}

	@Nullable BrokerTimer first() {
		return this.timers[0];
	}

	void add(BrokerTimer timer) {
		if (this.size == this.timers.length) {
			this.timers = Arrays.copyOf(this.timers, this.size * 2);
		}
		siftUp(timer, this.size++);
	}

	void remove(BrokerTimer timer) {
		int hole = timer.index;
		timer.index = BrokerTimer.NOT_QUEUED;
		BrokerTimer last = at(--this.size);
		this.timers[this.size] = null;
		if (hole == this.size) {
			return;
		}
		if (hole > 0 && last.isBefore(at(parent(hole)))) {
			siftUp(last, hole);
		}
		else {
			siftDown(last, hole);
		}
	}

	private void siftUp(BrokerTimer timer, int from) {
		int index = from;
		while (index > 0 && timer.isBefore(at(parent(index)))) {
			place(at(parent(index)), index);
			index = parent(index);
		}
		place(timer, index);
	}

	private void siftDown(BrokerTimer timer, int from) {
		int index = from;
		while (2 * index + 1 < this.size) {
			int child = 2 * index + 1;
			if (child + 1 < this.size && at(child + 1).isBefore(at(child))) {
				child++;
			}
			if (timer.isBefore(at(child))) {
				break;
			}
			place(at(child), index);
			index = child;
		}
		place(timer, index);
	}

	private void place(BrokerTimer timer, int index) {
		this.timers[index] = timer;
		timer.index = index;
	}

	@SuppressWarnings("NullAway") // every place below size is taken
	private BrokerTimer at(int index) {
		return this.timers[index];
	}

	private static int parent(int index) {
		return (index - 1) / 2;
	}

}
