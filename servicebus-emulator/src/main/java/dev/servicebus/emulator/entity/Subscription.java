package dev.servicebus.emulator.entity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.servicebus.emulator.delivery.Arrival;
import dev.servicebus.emulator.delivery.DeadLetterReason;
import dev.servicebus.emulator.entity.CopyRules.Copies;
import dev.servicebus.emulator.rule.Rule;
import dev.servicebus.emulator.rule.RuleDefinition;
import dev.servicebus.emulator.rule.RuleException;
import dev.servicebus.emulator.rule.RuleFilter;
import dev.servicebus.emulator.rule.RuleSet;
import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerException;
import dev.servicebus.emulator.store.MessageContent;
import dev.servicebus.emulator.time.BrokerTimers;

/**
 * A subscription of a topic with its dead-letter sub-queues. Belongs to the broker's
 * loop.
 */
public final class Subscription implements StoringEntity {

	private final String name;

	private final BrokerTimers timers;

	private final EntityParts parts;

	private final RuleQuota quota;

	private final Runnable delete;

	private final RuleSet rules = new RuleSet();

	private CopyRules copyRules = new RuleCopies(this.rules);

	Subscription(Admission admission, EntityContext context, RuleQuota quota, Runnable delete) {
		this.name = admission.path().substring(admission.path().lastIndexOf('/') + 1);
		this.quota = quota;
		this.timers = context.delivery().timers();
		this.parts = new EntityParts(admission, context);
		this.delete = delete;
	}

	/**
	 * Its name within the topic.
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Its path, for example {@code news/Subscriptions/all}.
	 */
	@Override
	public String path() {
		return this.parts.admission().path();
	}

	@Override
	public EntityOptions options() {
		return this.parts.admission().options();
	}

	@Override
	public EntityTimes times() {
		return this.parts.admission().times();
	}

	@Override
	public void update(EntityOptions newOptions) {
		this.parts.update(newOptions);
	}

	/**
	 * Replaces all rules.
	 * @param definitions the new rules; if there are none, the one that takes every
	 * message
	 * @throws BrokerException if two have the same name, or a name is not valid
	 */
	public void setRules(List<RuleDefinition> definitions) {
		Instant now = now();
		this.parts.admission().checkNotDeleted();
		refuse(() -> this.rules.replaceAll(definitions.isEmpty() ? List.of(Rule.defaultRule(now))
				: definitions.stream().map((definition) -> definition.createdAt(now)).toList()));
	}

	/**
	 * The rules that decide on its messages, in the order in which they came. It begins
	 * with one of the name {@link Rule#DEFAULT_NAME} that takes every message; without
	 * any it gets nothing.
	 */
	public List<Rule> rules() {
		return this.rules.rules();
	}

	/**
	 * Adds a rule for the messages that come from now on.
	 * @throws BrokerException if there is one of that name, the name is not valid, or the
	 * topic has as many filters as it can
	 */
	public void addRule(RuleDefinition definition) {
		change(() -> add(definition.createdAt(now())));
	}

	/**
	 * Adds a rule for the messages that come from now on.
	 * @throws BrokerException if there is one of that name, or the topic has as many
	 * filters as it can
	 */
	public void addRule(Rule rule) {
		change(() -> add(rule));
	}

	/**
	 * Puts a rule in the place of the one of the same name.
	 * @throws BrokerException if there is none
	 */
	public void replaceRule(Rule rule) {
		checkHasRule(rule.name());
		change(() -> this.rules.replace(rule));
	}

	/**
	 * Removes a rule. The messages that it has taken stay.
	 * @throws BrokerException if there is none of that name
	 */
	public void removeRule(String ruleName) {
		checkHasRule(ruleName);
		change(() -> this.rules.remove(ruleName));
	}

	@Override
	public ReceivableEntity source(SubQueue subQueue) {
		return this.parts.source(subQueue);
	}

	@Override
	public void purge() {
		this.parts.purge();
	}

	@Override
	public void clear() {
		this.parts.clear();
	}

	@Override
	public EntityCounts counts() {
		return this.parts.counts();
	}

	void watchForIdleness() {
		this.parts.watchForIdleness(this.delete);
	}

	void setCopyRules(CopyRules newRules) {
		this.copyRules = newRules;
	}

	Copies copiesOf(MessageContent message) {
		return this.copyRules.copiesOf(message);
	}

	/**
	 * Takes what its rules have said of messages that were sent together. A subscription
	 * takes messages whatever its status.
	 */
	void take(List<Published> messages) {
		List<Arrival> arrivals = new ArrayList<>(messages.size());
		messages.forEach((message) -> sort(message, arrivals));
		if (!arrivals.isEmpty()) {
			this.parts.main().take(arrivals);
		}
	}

	void delete() {
		this.parts.delete();
	}

	long sizeInBytes() {
		return this.parts.sizeInBytes();
	}

	private Instant now() {
		return Instant.ofEpochMilli(this.timers.now());
	}

	private void change(Runnable change) {
		this.parts.admission().checkExists();
		refuse(change);
	}

	private static void refuse(Runnable change) {
		try {
			change.run();
		}
		catch (RuleException ex) {
			throw new BrokerException(switch (ex.reason()) {
				case INVALID -> BrokerError.ARGUMENT_ERROR;
				case ALREADY_EXISTS -> BrokerError.ENTITY_ALREADY_EXISTS;
				case NOT_FOUND -> BrokerError.ENTITY_NOT_FOUND;
			}, String.valueOf(ex.getMessage()));
		}
	}

	int filters(Class<? extends RuleFilter> kind) {
		return this.rules.filters(kind);
	}

	private void add(Rule rule) {
		this.quota.checkRoomFor(rule);
		this.rules.add(rule);
	}

	private void checkHasRule(String ruleName) {
		this.parts.admission().checkExists();
		if (this.rules.find(ruleName) == null) {
			throw this.parts.admission().ruleNotFound(ruleName);
		}
	}

	private void sort(Published message, List<Arrival> accepted) {
		String failure = message.copies().failure();
		if (failure != null && options().deadLetteringOnFilterEvaluationExceptions()) {
			this.parts.deadLetters().takeDeadLetter(message.original(), DeadLetterReason.filterEvaluation(failure));
		}
		for (MessageContent content : message.copies().contents()) {
			Arrival copy = message.original().of(content);
			if (options().requiresSession() && content.sessionId() == null) {
				this.parts.deadLetters().takeDeadLetter(copy, DeadLetterReason.sessionIdIsNull());
			}
			else {
				accepted.add(copy);
			}
		}
	}

	/**
	 * A message of the topic, and what the rules of this subscription say of it.
	 */
	record Published(Arrival original, Copies copies) {

	}

}
