package dev.servicebus.benchmarks.measure;

import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(10)
class MeterTests {

	private static final int MEGABYTE = 1 << 20;

	@Test
	void countsWhatThisThreadAllocates() {
		Meter meter = Meter.start();
		byte[] bytes = new byte[3 * MEGABYTE];

		Usage usage = meter.usedFor(bytes.length / MEGABYTE);

		assertThat(usage.bytesPerMessage()).isBetween((double) MEGABYTE, 2.0 * MEGABYTE);
		assertThat(usage.rate()).isPositive();
		assertThat(usage.threads()).isPositive();
	}

	@Test
	void aThreadThatEndsMeanwhileTakesNothingAway() throws InterruptedException {
		CountDownLatch allocated = new CountDownLatch(1);
		CountDownLatch end = new CountDownLatch(1);
		Thread thread = new Thread(() -> {
			byte[] bytes = new byte[64 * MEGABYTE];
			allocated.countDown();
			awaitQuietly(end, bytes);
		});
		thread.start();
		allocated.await();
		Meter meter = Meter.start();
		end.countDown();
		thread.join();

		assertThat(meter.usedFor(1).allocatedBytes()).isBetween(0L, 2L * MEGABYTE);
	}

	private static void awaitQuietly(CountDownLatch latch, byte[] kept) {
		try {
			latch.await();
			kept[0]++;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
