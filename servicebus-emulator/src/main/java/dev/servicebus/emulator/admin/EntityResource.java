package dev.servicebus.emulator.admin;

import java.util.List;

import dev.servicebus.amqp.transport.http.HttpResponse;
import dev.servicebus.emulator.admin.atom.AtomEntry;
import dev.servicebus.emulator.admin.atom.XmlElement;
import dev.servicebus.emulator.admin.description.AuthorizationRules;
import dev.servicebus.emulator.admin.description.DescribedEntity;
import dev.servicebus.emulator.admin.description.EntityDescription;
import dev.servicebus.emulator.auth.AccessRules;
import dev.servicebus.emulator.auth.AuthorizationRule;
import dev.servicebus.emulator.entity.ConfigurableEntity;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.entity.Namespace;
import dev.servicebus.emulator.entity.Queue;
import dev.servicebus.emulator.entity.Topic;
import org.jspecify.annotations.Nullable;

/**
 * A queue or a topic, which share their paths: what a description says makes it one or
 * the other.
 */
final class EntityResource implements Resource {

	private static final List<String> KINDS = List.of(EntityDescription.QUEUE.name(), EntityDescription.TOPIC.name());

	private final Namespace namespace;

	private final AccessRules accessRules;

	private final OptionsReader options;

	private final FeedAnswers answers;

	EntityResource(AdministrationContext context, FeedAnswers answers) {
		this.namespace = context.namespace();
		this.accessRules = context.accessRules();
		this.options = new OptionsReader(context.namespace());
		this.answers = answers;
	}

	@Override
	public HttpResponse get(FeedRequest request) {
		return this.answers.ok(entry(existing(request.path().entity()), request.urls()));
	}

	@Override
	public HttpResponse put(FeedRequest request) {
		XmlElement description = request.description(KINDS);
		return request.isUpdate() ? update(request, description) : create(request, description);
	}

	@Override
	public HttpResponse delete(FeedRequest request) {
		ConfigurableEntity entity = existing(request.path().entity());
		request.checkMatch(entity.times().updatedAt());
		if (entity instanceof Queue) {
			this.namespace.deleteQueue(entity.path());
		}
		else {
			this.namespace.deleteTopic(entity.path());
		}
		return this.answers.deleted();
	}

	/**
	 * Lists all queues.
	 */
	HttpResponse queues(FeedRequest request) {
		return this.answers.page(request, "$Resources/queues", this.namespace.queues(),
				(queue) -> entry(queue, request.urls()));
	}

	/**
	 * Lists all topics.
	 */
	HttpResponse topics(FeedRequest request) {
		return this.answers.page(request, "$Resources/topics", this.namespace.topics(),
				(topic) -> entry(topic, request.urls()));
	}

	private HttpResponse create(FeedRequest request, XmlElement description) {
		String path = request.path().entity();
		boolean queue = description.name().equals(EntityDescription.QUEUE.name());
		EntityOptions created = this.options.create(path, queue ? EntityDescription.QUEUE : EntityDescription.TOPIC,
				description);
		List<AuthorizationRule> rules = AuthorizationRules.read(description);
		ConfigurableEntity entity = queue ? this.namespace.createQueue(path, created)
				: this.namespace.createTopic(path, created);
		setRules(path, rules);
		return this.answers.created(entry(entity, request.urls()));
	}

	private HttpResponse update(FeedRequest request, XmlElement description) {
		ConfigurableEntity entity = existing(request.path().entity());
		request.checkMatch(entity.times().updatedAt());
		EntityDescription kind = kind(entity);
		if (!description.name().equals(kind.name())) {
			throw FeedException
				.badRequest("The entity '" + entity.path() + "' can only be updated with a " + kind.name() + ".");
		}
		EntityOptions updated = this.options.update(entity, kind, description);
		List<AuthorizationRule> rules = AuthorizationRules.read(description);
		entity.update(updated);
		setRules(entity.path(), rules);
		return this.answers.ok(entry(entity, request.urls()));
	}

	private void setRules(String path, @Nullable List<AuthorizationRule> rules) {
		if (rules != null) {
			this.accessRules.change((current) -> current.withEntityRules(path, rules));
		}
	}

	private ConfigurableEntity existing(String path) {
		Topic topic = this.namespace.findTopic(path);
		return (topic != null) ? topic : this.namespace.queue(path);
	}

	private AtomEntry entry(ConfigurableEntity entity, FeedUrls urls) {
		List<AuthorizationRule> rules = this.accessRules.current().entityRules(entity.path());
		DescribedEntity described = DescribedEntity.of(entity, rules);
		return new AtomEntry(entity.path(), urls.id(entity.path()), entity.times().createdAt(),
				entity.times().updatedAt(), (xml) -> kind(entity).write(described, urls, xml));
	}

	private static EntityDescription kind(ConfigurableEntity entity) {
		return (entity instanceof Queue) ? EntityDescription.QUEUE : EntityDescription.TOPIC;
	}

}
