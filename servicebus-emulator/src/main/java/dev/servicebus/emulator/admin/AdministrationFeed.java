package dev.servicebus.emulator.admin;

import java.util.EnumMap;
import java.util.Map;

import dev.servicebus.amqp.transport.http.HttpHandler;
import dev.servicebus.amqp.transport.http.HttpRequest;
import dev.servicebus.amqp.transport.http.HttpResponse;

/**
 * Administration of a namespace over HTTP, as the clients of Service Bus know it: entries
 * and lists of queues, topics, subscriptions and rules that are created and updated by
 * {@code PUT}. Belongs to the broker's loop.
 */
public final class AdministrationFeed implements HttpHandler {

	private final String namespace;

	private final AccessGate gate;

	private final Refusals refusals;

	private final Map<FeedPath.Kind, Resource> resources = new EnumMap<>(FeedPath.Kind.class);

	/**
	 * Creates the feed.
	 * @param context what it works on
	 */
	public AdministrationFeed(AdministrationContext context) {
		this.namespace = context.namespace().options().name();
		this.gate = new AccessGate(context.authority(), context.clientClock());
		this.refusals = new Refusals(context.clock());
		FeedAnswers answers = new FeedAnswers(this.namespace, context.clock());
		NamespaceResource root = new NamespaceResource(this.namespace, context.clock().instant(), answers);
		this.resources.put(FeedPath.Kind.NAMESPACE, root);
		EntityResource entities = new EntityResource(context, answers);
		this.resources.put(FeedPath.Kind.QUEUES, entities::queues);
		this.resources.put(FeedPath.Kind.TOPICS, entities::topics);
		this.resources.put(FeedPath.Kind.ENTITY, entities);
		SubscriptionResource subscriptions = new SubscriptionResource(context, answers);
		this.resources.put(FeedPath.Kind.SUBSCRIPTIONS, subscriptions::list);
		this.resources.put(FeedPath.Kind.SUBSCRIPTION, subscriptions);
		RuleResource rules = new RuleResource(context, answers);
		this.resources.put(FeedPath.Kind.RULES, rules::list);
		this.resources.put(FeedPath.Kind.RULE, rules);
	}

	@Override
	public HttpResponse handle(HttpRequest http) {
		try {
			FeedRequest request = FeedRequest.of(http, this.namespace);
			this.gate.check(request);
			return route(request);
		}
		catch (RuntimeException ex) {
			HttpResponse answer = this.refusals.answer(ex);
			if (answer == null) {
				throw ex;
			}
			return answer;
		}
	}

	private HttpResponse route(FeedRequest request) {
		Resource resource = this.resources.get(request.path().kind());
		if (resource == null) {
			throw FeedException.notFound("There is nothing at '" + request.http().path() + "'.");
		}
		return switch (request.http().method()) {
			case "GET" -> resource.get(request);
			case "PUT" -> resource.put(request);
			case "DELETE" -> resource.delete(request);
			default -> throw new FeedException(405, 40500, "Only GET, PUT and DELETE are possible.");
		};
	}

}
