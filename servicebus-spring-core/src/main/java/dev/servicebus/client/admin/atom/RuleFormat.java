package dev.servicebus.client.admin.atom;

import java.time.OffsetDateTime;

import dev.servicebus.client.rule.RuleFilter;
import dev.servicebus.client.rule.RuleProperties;
import java.util.List;

/**
 * Descriptions of rules.
 */
final class RuleFormat implements EntityFormat<RuleProperties> {

	private static final String ROOT = "RuleDescription";

	private static final String FILTER = "Filter";

	private static final String ACTION = "Action";

	private static final Layout LAYOUT = new Layout().own(FILTER, ACTION).reported("CreatedAt").own("Name");

	@Override
	public String write(RuleProperties rule, Change change, String host) {
		return Entry.write(description(ROOT, rule, change));
	}

	static XmlElement description(String rootName, RuleProperties rule, Change change) {
		return new DescriptionWriter(rootName, LAYOUT, change).element(RuleParts.filter(FILTER, rule.filter()))
			.element(RuleParts.action(ACTION, rule.action()))
			.text("Name", rule.name())
			.build(List.of());
	}

	/**
	 * The service leaves the title of a rule out where its description has the name.
	 */
	@Override
	public RuleProperties read(Entry entry) {
		return entry.read(ROOT, (reader) -> {
			XmlElement filter = reader.description().child(FILTER);
			RuleFilter readFilter = (filter != null) ? RuleParts.filter(filter) : RuleFilter.matchAll();
			XmlElement action = reader.description().child(ACTION);
			OffsetDateTime createdAt = reader.pastTime("CreatedAt");
			return new RuleProperties(reader.text("Name", entry.title()), readFilter,
					(action != null) ? RuleParts.action(action) : null, createdAt);
		});
	}

}
