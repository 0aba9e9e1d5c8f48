package dev.servicebus.amqp.transport.netty;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.servicebus.amqp.transport.NetworkContract;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Watches every buffer while the tests of a class run and fails the class if one of them
 * was never released.
 */
final class LeaksFail implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

	private static final Queue<String> leaks = new ConcurrentLinkedQueue<>();

	private final ResourceLeakDetector.Level usual = ResourceLeakDetector.getLevel();

	@Override
	public void beforeAll(ExtensionContext context) {
		ByteBufUtil.setLeakListener((type, records) -> leaks.add(type + records));
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		ResourceLeakDetector.setLevel(context.getTags().contains(NetworkContract.BULK)
				? ResourceLeakDetector.Level.SIMPLE : ResourceLeakDetector.Level.PARANOID);
	}

	@Override
	public void afterAll(ExtensionContext context) {
		try {
			assertThat(found()).isEmpty();
		}
		finally {
			leaks.clear();
			ByteBufUtil.setLeakListener(null);
			ResourceLeakDetector.setLevel(this.usual);
		}
	}

	/** A lost buffer is reported by the first one that is made after it was collected. */
	static Queue<String> found() {
		// The second collection is over when everything that the first found is in its
		// queue.
		collectGarbage();
		collectGarbage();
		UnpooledByteBufAllocator.DEFAULT.directBuffer(16).release();
		return leaks;
	}

	private static void collectGarbage() {
		ReferenceQueue<Object> collected = new ReferenceQueue<>();
		WeakReference<Object> reference = new WeakReference<>(new Object(), collected);
		System.gc();
		try {
			assertThat((Object) collected.remove(10_000)).isSameAs(reference);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
