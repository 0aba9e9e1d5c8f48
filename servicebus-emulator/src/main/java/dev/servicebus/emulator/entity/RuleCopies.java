package dev.servicebus.emulator.entity;

import java.util.ArrayList;
import java.util.List;

import dev.servicebus.emulator.rule.FilterException;
import dev.servicebus.emulator.rule.RuleCopy;
import dev.servicebus.emulator.rule.RuleMatch;
import dev.servicebus.emulator.rule.RuleSet;
import dev.servicebus.emulator.store.MessageContent;
import org.jspecify.annotations.Nullable;

/**
 * The copies that the rules of a subscription ask for.
 */
final class RuleCopies implements CopyRules {

	private final RuleSet rules;

	RuleCopies(RuleSet rules) {
		this.rules = rules;
	}

	@Override
	public Copies copiesOf(MessageContent message) {
		RuleMatch match = this.rules.match(new ContentTarget(message));
		List<MessageContent> contents = new ArrayList<>(match.copies().size());
		String failure = match.failures().isEmpty() ? null : match.failures().get(0).getMessage();
		for (RuleCopy copy : match.copies()) {
			try {
				contents.add(copy.isUnchanged() ? message : changed(copy, message));
			}
			catch (FilterException ex) {
				failure = first(failure, ex);
			}
		}
		return new Copies(contents, failure);
	}

	private static MessageContent changed(RuleCopy copy, MessageContent message) {
		ContentTarget target = new ContentTarget(message);
		copy.applyTo(target);
		return target.content();
	}

	private static @Nullable String first(@Nullable String failure, FilterException next) {
		return (failure != null) ? failure : next.getMessage();
	}

}
