package dev.servicebus.client.amqp;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.RuleManager;
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
		return this.core.completions().await(ErrorContext.of("enumerate-rules", entityPath()), this::list);
	}

	@Override
	public CompletableFuture<List<RuleProperties>> listAsync() {
		return this.core.completions().async(ErrorContext.of("enumerate-rules", entityPath()), this::list);
	}

	private void list(Completion<List<RuleProperties>> completion) {
		new PagedListing<>(this.management, (skip) -> new EnumerateRules(skip, PagedListing.PAGE_SIZE), this.timeout,
				completion)
			.start();
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

}
