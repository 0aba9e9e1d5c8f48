package dev.servicebus.emulator.admin;

import java.util.List;

import dev.servicebus.amqp.transport.http.HttpResponse;
import dev.servicebus.emulator.admin.atom.AtomEntry;
import dev.servicebus.emulator.admin.atom.XmlElement;
import dev.servicebus.emulator.admin.description.DescribedEntity;
import dev.servicebus.emulator.admin.description.EntityDescription;
import dev.servicebus.emulator.admin.description.RuleDescription;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.entity.Namespace;
import dev.servicebus.emulator.entity.Subscription;
import dev.servicebus.emulator.entity.Topic;

/**
 * A subscription of a topic.
 */
final class SubscriptionResource implements Resource {

	private static final EntityDescription KIND = EntityDescription.SUBSCRIPTION;

	private final Namespace namespace;

	private final OptionsReader options;

	private final FeedAnswers answers;

	SubscriptionResource(AdministrationContext context, FeedAnswers answers) {
		this.namespace = context.namespace();
		this.options = new OptionsReader(context.namespace());
		this.answers = answers;
	}

	@Override
	public HttpResponse get(FeedRequest request) {
		return this.answers.ok(entry(existing(request), request.urls()));
	}

	@Override
	public HttpResponse put(FeedRequest request) {
		XmlElement description = request.description(List.of(KIND.name()));
		return request.isUpdate() ? update(request, description) : create(request, description);
	}

	@Override
	public HttpResponse delete(FeedRequest request) {
		Subscription subscription = existing(request);
		request.checkMatch(subscription.times().updatedAt());
		topic(request).deleteSubscription(subscription.name());
		return this.answers.deleted();
	}

	/**
	 * Lists the subscriptions of a topic.
	 */
	HttpResponse list(FeedRequest request) {
		Topic topic = topic(request);
		return this.answers.page(request, topic.path() + "/Subscriptions", topic.subscriptions(),
				(subscription) -> entry(subscription, request.urls()));
	}

	private HttpResponse create(FeedRequest request, XmlElement description) {
		Topic topic = topic(request);
		String path = topic.path() + "/Subscriptions/" + request.path().subscription();
		EntityOptions created = this.options.create(path, KIND, description)
			.mutate()
			.maxMessageSize(topic.options().maxMessageSize())
			.build();
		Subscription subscription = topic.createSubscription(request.path().subscription(), created,
				RuleDescription.readDefault(description));
		return this.answers.created(entry(subscription, request.urls()));
	}

	private HttpResponse update(FeedRequest request, XmlElement description) {
		Subscription subscription = existing(request);
		request.checkMatch(subscription.times().updatedAt());
		subscription.update(this.options.update(subscription, KIND, description));
		return this.answers.ok(entry(subscription, request.urls()));
	}

	private Subscription existing(FeedRequest request) {
		return topic(request).subscription(request.path().subscription());
	}

	private Topic topic(FeedRequest request) {
		return this.namespace.topic(request.path().entity());
	}

	private static AtomEntry entry(Subscription subscription, FeedUrls urls) {
		DescribedEntity described = DescribedEntity.of(subscription, List.of());
		return new AtomEntry(subscription.name(), urls.id(subscription.path()), subscription.times().createdAt(),
				subscription.times().updatedAt(), (xml) -> KIND.write(described, urls, xml));
	}

}
