package dev.servicebus.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.servicebus.client.rule.RuleProperties;

/**
 * Adds, removes and lists the rules of one subscription over the client's connection. It
 * needs less rights than the administration client, but cannot transfer parameters of SQL
 * expressions. Changes hold for messages that are sent after them.
 *
 * <p>
 * Thread-safe. Each method ends within the operation timeout of the client, or its
 * {@linkplain #withTimeout own}, and throws a {@link ServiceBusException} if it fails;
 * its twin completes with it. When the answer to a change is lost, it fails with
 * {@link UnknownOutcomeException}.
 */
public interface RuleManager {

	/**
	 * The subscription, for example {@code orders/Subscriptions/audit}.
	 */
	String entityPath();

	/**
	 * Adds a rule.
	 * @throws MessagingEntityAlreadyExistsException if there is one with its name
	 * @throws IllegalArgumentException if its filter or action has parameters
	 */
	void add(RuleProperties rule);

	CompletableFuture<Void> addAsync(RuleProperties rule);

	/**
	 * Removes a rule.
	 * @throws MessagingEntityNotFoundException if there is none with this name
	 */
	void remove(String ruleName);

	CompletableFuture<Void> removeAsync(String ruleName);

	/**
	 * All rules. They are fetched in pages, so a change at the same time may show in a
	 * part of them only.
	 */
	List<RuleProperties> list();

	CompletableFuture<List<RuleProperties>> listAsync();

	/**
	 * The same rules with another time limit: every method ends within {@code timeout},
	 * all its attempts and pages included.
	 */
	RuleManager withTimeout(Duration timeout);

}
