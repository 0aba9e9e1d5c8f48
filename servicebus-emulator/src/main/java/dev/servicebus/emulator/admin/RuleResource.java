package dev.servicebus.emulator.admin;

import java.time.InstantSource;
import java.util.List;

import dev.servicebus.amqp.transport.http.HttpResponse;
import dev.servicebus.emulator.admin.atom.AtomEntry;
import dev.servicebus.emulator.admin.atom.XmlElement;
import dev.servicebus.emulator.admin.description.RuleDescription;
import dev.servicebus.emulator.entity.Namespace;
import dev.servicebus.emulator.entity.Subscription;
import dev.servicebus.emulator.rule.Rule;

/**
 * A rule of a subscription.
 */
final class RuleResource implements Resource {

	private final Namespace namespace;

	private final InstantSource clock;

	private final FeedAnswers answers;

	RuleResource(AdministrationContext context, FeedAnswers answers) {
		this.namespace = context.namespace();
		this.clock = context.clock();
		this.answers = answers;
	}

	@Override
	public HttpResponse get(FeedRequest request) {
		Subscription subscription = subscription(request);
		return this.answers.ok(entry(subscription, existing(subscription, request), request.urls()));
	}

	@Override
	public HttpResponse put(FeedRequest request) {
		XmlElement description = request.description(List.of(RuleDescription.NAME));
		Subscription subscription = subscription(request);
		if (!request.isUpdate()) {
			Rule created = RuleDescription.read(request.path().rule(), description).createdAt(this.clock.instant());
			subscription.addRule(created);
			return this.answers.created(entry(subscription, created, request.urls()));
		}
		Rule before = existing(subscription, request);
		request.checkMatch(before.createdAt());
		Rule updated = RuleDescription.read(before.name(), description).createdAt(before.createdAt());
		subscription.replaceRule(updated);
		return this.answers.ok(entry(subscription, updated, request.urls()));
	}

	@Override
	public HttpResponse delete(FeedRequest request) {
		Subscription subscription = subscription(request);
		Rule rule = existing(subscription, request);
		request.checkMatch(rule.createdAt());
		subscription.removeRule(rule.name());
		return this.answers.deleted();
	}

	/**
	 * Lists the rules of a subscription.
	 */
	HttpResponse list(FeedRequest request) {
		Subscription subscription = subscription(request);
		return this.answers.page(request, subscription.path() + "/Rules", subscription.rules(),
				(rule) -> entry(subscription, rule, request.urls()));
	}

	private Subscription subscription(FeedRequest request) {
		return this.namespace.topic(request.path().entity()).subscription(request.path().subscription());
	}

	private static Rule existing(Subscription subscription, FeedRequest request) {
		String name = request.path().rule();
		return subscription.rules()
			.stream()
			.filter((rule) -> rule.name().equalsIgnoreCase(name))
			.findFirst()
			.orElseThrow(() -> FeedException
				.notFound("The subscription '" + subscription.path() + "' has no rule '" + name + "'."));
	}

	private static AtomEntry entry(Subscription subscription, Rule rule, FeedUrls urls) {
		return new AtomEntry(rule.name(), urls.id(subscription.path() + "/Rules/" + rule.name()), rule.createdAt(),
				rule.createdAt(), (xml) -> RuleDescription.write(rule, xml));
	}

}
