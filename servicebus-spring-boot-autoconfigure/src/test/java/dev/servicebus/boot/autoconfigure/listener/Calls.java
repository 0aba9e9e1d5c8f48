package dev.servicebus.boot.autoconfigure.listener;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What listeners were called with.
 */
class Calls {

	private final BlockingQueue<List<Object>> calls = new LinkedBlockingQueue<>();

	/**
	 * Notes a call.
	 */
	void add(Object... arguments) {
		this.calls.add(Arrays.asList(arguments));
	}

	/**
	 * The next call, which is expected to come.
	 */
	List<Object> next() throws InterruptedException {
		List<Object> call = this.calls.poll(RunningApplication.PATIENCE.toSeconds(), TimeUnit.SECONDS);
		assertThat(call).as("next call of a listener").isNotNull();
		return call;
	}

	/**
	 * Returns whether every call was asked for.
	 */
	boolean isEmpty() {
		return this.calls.isEmpty();
	}

}
