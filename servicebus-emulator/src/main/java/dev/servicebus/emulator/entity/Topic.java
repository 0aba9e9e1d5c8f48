package dev.servicebus.emulator.entity;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

import dev.servicebus.emulator.delivery.Arrival;
import dev.servicebus.emulator.delivery.ScheduledMessages;
import dev.servicebus.emulator.entity.Subscription.Published;
import dev.servicebus.emulator.rule.RuleDefinition;
import dev.servicebus.emulator.store.BrokerMessage;
import dev.servicebus.emulator.store.MessageContent;
import dev.servicebus.emulator.store.MessageLog;
import dev.servicebus.emulator.store.MessageSnapshot;
import dev.servicebus.emulator.store.Origin;
import dev.servicebus.emulator.store.SequenceNumbers;
import org.jspecify.annotations.Nullable;

/**
 * A topic: it gives copies of each message to its subscriptions, and keeps only those
 * whose time has not come. Belongs to the broker's loop.
 */
public final class Topic implements SendableEntity, BrowsableEntity, ConfigurableEntity, ForwardTarget {

	private final Admission admission;

	private final EntityContext context;

	private final SequenceNumbers numbers = new SequenceNumbers();

	private final MessageLog log = new MessageLog(this.numbers);

	private final ScheduledMessages scheduled;

	private final DuplicateFilter duplicates;

	private final TreeMap<String, Subscription> subscriptions = new TreeMap<>();

	private final RuleQuota ruleQuota = new RuleQuota(this.subscriptions.values());

	Topic(Admission admission, EntityContext context, Runnable delete) {
		this.admission = admission;
		this.context = context;
		this.scheduled = new ScheduledMessages(this.log, context.delivery().timers(), this::activate);
		this.duplicates = new DuplicateFilter(admission, context.delivery().timers());
		admission.watch(new IdleWatch(context.delivery().timers(), () -> this.log.size() > 0, delete));
	}

	@Override
	public String path() {
		return this.admission.path();
	}

	@Override
	public EntityOptions options() {
		return this.admission.options();
	}

	@Override
	public EntityTimes times() {
		return this.admission.times();
	}

	/**
	 * Changes the behavior for messages that are sent from now on.
	 * @throws dev.servicebus.emulator.store.BrokerException if the options differ in
	 * something that is fixed when a topic is created: duplicate detection
	 */
	@Override
	public void update(EntityOptions newOptions) {
		this.admission.checkUpdate(newOptions);
		this.admission.setOptions(newOptions);
	}

	/**
	 * Creates a subscription that gets one copy of every message.
	 * @throws dev.servicebus.emulator.store.BrokerException if the name is malformed or
	 * taken
	 */
	public Subscription createSubscription(String name, EntityOptions options) {
		return createSubscription(name, options, List.of());
	}

	/**
	 * Creates a subscription.
	 * @param name up to 50 letters, digits and characters of {@code . - _ ~}
	 * @param options how it behaves
	 * @param rules which messages it takes, all if there are none
	 * @throws dev.servicebus.emulator.store.BrokerException if the name is malformed or
	 * taken, or the rules are not those of one subscription
	 */
	public Subscription createSubscription(String name, EntityOptions options, List<RuleDefinition> rules) {
		this.admission.checkExists();
		EntityName.checkSubscription(name);
		Admission part = this.admission.ofSubscription(name, options);
		part.checkForwarding(options);
		if (findSubscription(name) != null) {
			throw part.alreadyExists();
		}
		Subscription subscription = new Subscription(part, this.context, this.ruleQuota,
				() -> deleteSubscription(name));
		subscription.setRules(rules);
		subscription.watchForIdleness();
		this.subscriptions.put(EntityName.key(name), subscription);
		return subscription;
	}

	/**
	 * Deletes a subscription with all its messages; its consumers are told.
	 * @throws dev.servicebus.emulator.store.BrokerException if there is none of that name
	 */
	public void deleteSubscription(String name) {
		Subscription subscription = subscription(name);
		this.subscriptions.remove(EntityName.key(name));
		subscription.delete();
	}

	public @Nullable Subscription findSubscription(String name) {
		return this.subscriptions.get(EntityName.key(name));
	}

	/**
	 * The subscription of that name.
	 * @throws dev.servicebus.emulator.store.BrokerException if there is none
	 */
	public Subscription subscription(String name) {
		Subscription subscription = findSubscription(name);
		if (subscription == null) {
			throw this.admission.subscriptionNotFound(name);
		}
		return subscription;
	}

	/**
	 * All subscriptions in the order of their names.
	 */
	public Collection<Subscription> subscriptions() {
		return Collections.unmodifiableCollection(this.subscriptions.values());
	}

	@Override
	public long maxMessageSize() {
		return options().maxMessageSize();
	}

	@Override
	public void checkSending() {
		this.admission.checkSending();
	}

	@Override
	public Sender.Registration register(Sender sender) {
		return this.admission.senders().register(sender);
	}

	@Override
	public void enqueue(MessageContent message) {
		enqueue(List.of(message));
	}

	@Override
	public void enqueue(List<? extends MessageContent> messages) {
		schedule(messages);
	}

	/**
	 * A message whose time has passed has left the topic at once; its number is only good
	 * for telling messages apart.
	 */
	@Override
	public long[] schedule(List<? extends MessageContent> messages) {
		this.admission.checkSending(messages, sizeInBytes());
		return store(messages);
	}

	@Override
	public PreparedMessages prepare(List<? extends MessageContent> messages) {
		this.admission.checkSending(messages, sizeInBytes());
		return new PreparedMessages(this.admission, new Store(), messages);
	}

	@Override
	public void takeForwarded(Arrival message) {
		this.admission.checkSending(message.content(), sizeInBytes());
		if (this.duplicates.admits(message.content())) {
			publish(List.of(message));
		}
	}

	@Override
	public void cancelScheduled(long... sequenceNumbers) {
		this.admission.checkExists();
		this.scheduled.cancel(sequenceNumbers);
	}

	/**
	 * Shows messages that wait for their time; a topic has no others.
	 */
	@Override
	public List<BrokerMessage> peek(long fromSequenceNumber, int maxCount) {
		this.admission.checkExists();
		return this.log.from(fromSequenceNumber).limit(maxCount).toList();
	}

	/**
	 * The messages that wait for their time, as they stand now, ascending.
	 */
	public List<MessageSnapshot> scheduled() {
		return this.log.from(0).map(MessageSnapshot::of).toList();
	}

	/**
	 * Removes all messages: those that wait for their time, and those of the
	 * subscriptions with their sub-queues.
	 */
	public void purge() {
		removeScheduled();
		this.subscriptions.values().forEach(Subscription::purge);
	}

	/**
	 * Forgets the messages that wait for their time and the ids of earlier messages. The
	 * subscriptions stay as they are.
	 */
	public void clear() {
		this.duplicates.clear();
		removeScheduled();
	}

	/**
	 * How much the topic holds with all its subscriptions.
	 */
	public long sizeInBytes() {
		return this.log.sizeInBytes() + this.subscriptions.values().stream().mapToLong(Subscription::sizeInBytes).sum();
	}

	void delete() {
		this.admission.delete();
		clear();
		List.copyOf(this.subscriptions.values()).forEach(Subscription::delete);
		this.subscriptions.clear();
	}

	private long[] take(List<? extends MessageContent> messages) {
		long[] result = new long[messages.size()];
		List<Arrival> due = new ArrayList<>(messages.size());
		for (int i = 0; i < result.length; i++) {
			MessageContent message = messages.get(i);
			if (this.scheduled.isEarly(message)) {
				result[i] = this.scheduled.add(message).sequenceNumber();
			}
			else {
				result[i] = this.numbers.next();
				due.add(numbered(message, result[i]));
			}
		}
		publish(due);
		return result;
	}

	private void removeScheduled() {
		this.log.from(0).toList().forEach(this.log::remove);
	}

	/**
	 * A message that was scheduled gets a new number, as in a queue.
	 */
	private void activate(BrokerMessage message) {
		this.log.remove(message);
		publish(List.of(numbered(message.content(), this.numbers.next())));
	}

	/**
	 * Copies remember the number that their original had in the topic.
	 */
	private static Arrival numbered(MessageContent message, long number) {
		return new Arrival(message, new Origin(0, number, null), EntityOptions.FOREVER);
	}

	/**
	 * Asks all rules before the first copy is stored, for what happens after that may
	 * change subscriptions. Copies live no longer than messages do in the topic.
	 */
	private void publish(List<Arrival> messages) {
		List<Subscription> receivers = List.copyOf(this.subscriptions.values());
		Duration life = options().defaultTimeToLive();
		List<List<Published>> published = new ArrayList<>(receivers.size());
		for (Subscription receiver : receivers) {
			List<Published> decided = new ArrayList<>(messages.size());
			messages.forEach((message) -> decided
				.add(new Published(message.livingAtMost(life), receiver.copiesOf(message.content()))));
			published.add(decided);
		}
		for (int i = 0; i < published.size(); i++) {
			receivers.get(i).take(published.get(i));
		}
	}

	private long[] store(List<? extends MessageContent> messages) {
		return this.duplicates.enqueue(messages, this::take);
	}

	/**
	 * The topic behind its admission.
	 */
	private final class Store implements PreparedMessages.Store {

		@Override
		public long reserveNumber() {
			return Topic.this.numbers.next();
		}

		@Override
		public void store(List<? extends MessageContent> messages) {
			Topic.this.store(messages);
		}

		@Override
		public void store(MessageContent message, long number) {
			if (!Topic.this.duplicates.admits(message)) {
				return;
			}
			if (Topic.this.scheduled.isEarly(message)) {
				Topic.this.scheduled.add(message, number);
			}
			else {
				publish(List.of(numbered(message, number)));
			}
		}

	}

}
