package dev.servicebus.client.amqp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.RuleManager;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.management.AddRule;
import dev.servicebus.client.management.Done;
import dev.servicebus.client.management.EnumerateRules;
import dev.servicebus.client.management.ManagementRequest;
import dev.servicebus.client.management.RemoveRule;
import dev.servicebus.client.rule.RuleProperties;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a subscription through its management node.
 */
final class AmqpRuleManager implements RuleManager {

	private static final int PAGE_SIZE = 100;

	private final ClientCore core;

	private final ManagementNode management;

	private final Duration timeout;

	/**
	 * Manages the rules of one subscription.
	 * @param core what the parts of the client share
	 * @param management the node of the subscription
	 * @param timeout within which an operation ends
	 */
	AmqpRuleManager(ClientCore core, ManagementNode management, Duration timeout) {
		this.core = core;
		this.management = management;
		this.timeout = timeout;
	}

	@Override
	public String entityPath() {
		return this.management.entityPath();
	}

	@Override
	public void add(RuleProperties rule) {
		await(new AddRule(rule));
	}

	@Override
	public CompletableFuture<Void> addAsync(RuleProperties rule) {
		return async(new AddRule(rule));
	}

	@Override
	public void remove(String ruleName) {
		await(new RemoveRule(ruleName));
	}

	@Override
	public CompletableFuture<Void> removeAsync(String ruleName) {
		return async(new RemoveRule(ruleName));
	}

	@Override
	public List<RuleProperties> list() {
		return this.core.completions()
			.await(ErrorContext.of("enumerate-rules", entityPath()),
					(completion) -> new Listing(completion).next(this.timeout));
	}

	@Override
	public CompletableFuture<List<RuleProperties>> listAsync() {
		return this.core.completions()
			.async(ErrorContext.of("enumerate-rules", entityPath()),
					(completion) -> new Listing(completion).next(this.timeout));
	}

	@Override
	public RuleManager withTimeout(Duration newTimeout) {
		return new AmqpRuleManager(this.core, this.management, WorkTerms.requirePositive(newTimeout));
	}

	private void await(ManagementRequest<Done> request) {
		this.core.completions()
			.await(ErrorContext.of(request.operation(), entityPath()),
					(Completion<@Nullable Void> completion) -> call(request, completion));
	}

	private CompletableFuture<Void> async(ManagementRequest<Done> request) {
		return this.core.completions()
			.async(ErrorContext.of(request.operation(), entityPath()),
					(Completion<@Nullable Void> completion) -> call(request, completion));
	}

	private void call(ManagementRequest<Done> request, Completion<@Nullable Void> completion) {
		this.management.call(request, ManagementNode.NO_LINK, this.timeout, Completion.ofDone(completion));
	}

	/**
	 * Fetches one page after the other.
	 */
	private final class Listing implements Completion<List<RuleProperties>> {

		private final List<RuleProperties> rules = new ArrayList<>();

		private final Completion<List<RuleProperties>> completion;

		private final long begun = now();

		Listing(Completion<List<RuleProperties>> completion) {
			this.completion = completion;
		}

		void next(Duration left) {
			AmqpRuleManager.this.management.call(new EnumerateRules(this.rules.size(), PAGE_SIZE),
					ManagementNode.NO_LINK, left, this);
		}

		@Override
		public void success(List<RuleProperties> page) {
			this.rules.addAll(page);
			if (page.size() < PAGE_SIZE) {
				this.completion.success(List.copyOf(this.rules));
			}
			else {
				next(AmqpRuleManager.this.timeout.minusNanos(now() - this.begun));
			}
		}

		private long now() {
			return AmqpRuleManager.this.core.owner().loop().nanoTime();
		}

		@Override
		public void failure(ServiceBusException failure) {
			this.completion.failure(failure);
		}

	}

}
