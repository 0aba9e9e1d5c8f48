package dev.servicebus.client.amqp;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.servicebus.amqp.simulation.Direction;
import dev.servicebus.client.MessagingEntityAlreadyExistsException;
import dev.servicebus.client.MessagingEntityNotFoundException;
import dev.servicebus.client.OperationTimeoutException;
import dev.servicebus.client.RuleManager;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.UnknownOutcomeException;
import dev.servicebus.client.rule.RuleAction;
import dev.servicebus.client.rule.RuleFilter;
import dev.servicebus.client.rule.RuleProperties;
import dev.servicebus.emulator.ServiceBusEmulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Rules over the client's connection, in virtual time.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class RuleManagerTests {

	private final SimulatedService service = SimulatedService.of(7,
			ServiceBusEmulator.builder().topic("events").subscription("events", "audit"));

	private final RuleManager rules = this.service.client.rules("events", "audit");

	@AfterEach
	void close() {
		this.service.close();
	}

	@Test
	void timeLimitOfItsOwnHoldsForEachMethod() {
		RuleManager hasty = this.rules.withTimeout(Duration.ofSeconds(3));
		this.service.network.blackhole(Direction.BOTH);
		Duration before = this.service.network.time().elapsed();
		CompletableFuture<?> listed = hasty.listAsync();
		CompletableFuture<?> removed = hasty.removeAsync("x");
		assertThatThrownBy(() -> this.service.await(listed)).isInstanceOf(OperationTimeoutException.class);
		assertThatThrownBy(() -> this.service.await(removed)).isInstanceOf(ServiceBusException.class);
		assertThat(this.service.network.time().elapsed().minus(before)).isBetween(Duration.ofSeconds(3),
				Duration.ofMillis(3500));
		this.service.network.heal();
	}

	@Test
	void subscriptionBeginsWithTheRuleThatLetsEverythingThrough() {
		assertThat(list()).singleElement().satisfies((rule) -> {
			assertThat(rule.name()).isEqualTo(RuleProperties.DEFAULT_RULE);
			assertThat(rule.filter()).isEqualTo(RuleFilter.matchAll());
			assertThat(rule.action()).isNull();
		});
	}

	@Test
	void whatWasAddedIsListedAndCanBeRemoved() {
		RuleProperties sql = RuleProperties.of("sql", RuleFilter.sql("a = 1")).withAction(RuleAction.sql("SET b = 2"));
		RuleProperties correlation = RuleProperties.of("correlation",
				RuleFilter.correlation().messageId("m").subject("s").property("n", 7).build());
		this.service.await(this.rules.addAsync(sql));
		this.service.await(this.rules.addAsync(correlation));
		this.service.await(this.rules.removeAsync(RuleProperties.DEFAULT_RULE));

		assertThat(list()).usingRecursiveFieldByFieldElementComparatorIgnoringFields("createdAt")
			.containsExactlyInAnyOrder(sql, correlation);
		assertThat(list()).allSatisfy((rule) -> assertThat(rule.createdAt()).isNotNull());
	}

	@Test
	void longListsAreFetchedInPages() {
		IntStream.range(0, 150)
			.forEach((number) -> this.service
				.await(this.rules.addAsync(RuleProperties.of("rule-" + number, RuleFilter.matchNone()))));
		assertThat(list()).extracting(RuleProperties::name).hasSize(151).doesNotHaveDuplicates();
	}

	@Test
	void refusalsHaveTheirExceptions() {
		RuleProperties rule = RuleProperties.of("r", RuleFilter.matchAll());
		this.service.await(this.rules.addAsync(rule));
		assertFailure(this.rules.addAsync(rule), MessagingEntityAlreadyExistsException.class);
		assertFailure(this.rules.removeAsync("missing"), MessagingEntityNotFoundException.class);
		assertFailure(this.service.client.rules("events", "nobody").listAsync(),
				MessagingEntityNotFoundException.class);
	}

	@Test
	void changeWhoseAnswerIsLostIsUnknownAndNotRepeated() {
		list();
		CompletableFuture<Void> added = this.rules.addAsync(RuleProperties.of("r", RuleFilter.matchAll()));
		// The request has arrived, and its answer is on its way.
		this.service.advance(Duration.ofMillis(3));
		this.service.network.resetAll();

		assertFailure(added, UnknownOutcomeException.class);
		assertThat(list()).extracting(RuleProperties::name).containsExactlyInAnyOrder(RuleProperties.DEFAULT_RULE, "r");
	}

	private List<RuleProperties> list() {
		return this.service.await(this.rules.listAsync());
	}

	private void assertFailure(CompletableFuture<?> future, Class<? extends Throwable> type) {
		assertThatThrownBy(() -> this.service.await(future)).isInstanceOf(type);
	}

}
