package dev.servicebus.client.amqp;

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

	AmqpRuleManager(ClientCore core, ManagementNode management) {
		this.core = core;
		this.management = management;
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
			.await(ErrorContext.of("enumerate-rules", entityPath()), (completion) -> new Listing(completion).next());
	}

	@Override
	public CompletableFuture<List<RuleProperties>> listAsync() {
		return this.core.completions().async((completion) -> new Listing(completion).next());
	}

	private void await(ManagementRequest<Done> request) {
		this.core.completions()
			.await(ErrorContext.of(request.operation(), entityPath()),
					(Completion<@Nullable Void> completion) -> this.management.call(request,
							Completion.ofDone(completion)));
	}

	private CompletableFuture<Void> async(ManagementRequest<Done> request) {
		return this.core.completions()
			.async((Completion<@Nullable Void> completion) -> this.management.call(request,
					Completion.ofDone(completion)));
	}

	/**
	 * Fetches one page after the other.
	 */
	private final class Listing implements Completion<List<RuleProperties>> {

		private final List<RuleProperties> rules = new ArrayList<>();

		private final Completion<List<RuleProperties>> completion;

		Listing(Completion<List<RuleProperties>> completion) {
			this.completion = completion;
		}

		void next() {
			AmqpRuleManager.this.management.call(new EnumerateRules(this.rules.size(), PAGE_SIZE), this);
		}

		@Override
		public void success(List<RuleProperties> page) {
			this.rules.addAll(page);
			if (page.size() < PAGE_SIZE) {
				this.completion.success(List.copyOf(this.rules));
			}
			else {
				next();
			}
		}

		@Override
		public void failure(ServiceBusException failure) {
			this.completion.failure(failure);
		}

	}

}
