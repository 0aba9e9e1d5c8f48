package dev.servicebus.client.admin.http;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.client.OperationTimeoutException;
import dev.servicebus.client.admin.QueueProperties;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A list is there in time, however many pages it has.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ListingTests {

	private static final String NEXT = "<link rel=\"next\" href=\"https://x/?$skip=1\"/>";

	private final AdministrationFixture fixture = new AdministrationFixture();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void limitOfAListIsForAllItsPages() {
		CountDownLatch latch = new CountDownLatch(1);
		this.fixture.feed.answers(200, ScriptedFeed.feed(NEXT, ScriptedFeed.queueEntry("a"))).hangs(latch);
		CompletableFuture<List<QueueProperties>> queues = this.fixture.admin.queues().listAsync();
		Runnable limitOfAll = this.fixture.alarms.limits.get(0);
		Awaitility.await().until(() -> this.fixture.feed.requests.size() == 2);
		assertThat(queues).isNotDone();

		limitOfAll.run();

		assertThat(queues).failsWithin(10, TimeUnit.SECONDS)
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(OperationTimeoutException.class)
			.withMessageContaining("no end within 3600000 ms");
		Awaitility.await().until(() -> this.fixture.alarms.limits.isEmpty());
		latch.countDown();
	}

	@Test
	void listThatIsThereInTimeLeavesNoLimitBehind() {
		this.fixture.feed.answers(200, ScriptedFeed.feed(NEXT, ScriptedFeed.queueEntry("a")))
			.answers(200, ScriptedFeed.feed("", ScriptedFeed.queueEntry("b")));
		assertThat(this.fixture.admin.queues().listAsync()).succeedsWithin(10, TimeUnit.SECONDS)
			.satisfies((queues) -> assertThat(queues).extracting(QueueProperties::name).containsExactly("a", "b"));
		Awaitility.await().until(() -> this.fixture.alarms.limits.isEmpty());
	}

}
