package dev.servicebus.emulator.amqp.management;

import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.servicebus.amqp.type.DescribedValue;
import dev.servicebus.emulator.amqp.request.Failure;
import dev.servicebus.emulator.amqp.request.RefusedException;
import dev.servicebus.emulator.amqp.request.Request;
import dev.servicebus.emulator.amqp.request.Response;
import dev.servicebus.emulator.amqp.transaction.ClientTransactions;
import dev.servicebus.emulator.auth.Right;
import dev.servicebus.emulator.delivery.DeliveryContext;
import dev.servicebus.emulator.delivery.LockTokens;
import dev.servicebus.emulator.entity.EntityAddress;
import dev.servicebus.emulator.entity.Namespace;
import dev.servicebus.emulator.entity.NamespaceOptions;
import dev.servicebus.emulator.entity.Subscription;
import dev.servicebus.emulator.rule.Rule;
import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerException;
import dev.servicebus.emulator.time.BrokerClock;
import dev.servicebus.emulator.time.BrokerTimers;
import dev.servicebus.emulator.time.WakeUp;
import dev.servicebus.emulator.transaction.Transactions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

@Timeout(10)
class RuleOperationTests {

	private static final ClientTransactions NO_TRANSACTIONS = new ClientTransactions(new Transactions(
			new BrokerTimers(new BrokerClock(InstantSource.system()), WakeUp.NEVER), UUID::randomUUID));

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	private final BrokerClock clock = new BrokerClock(InstantSource.fixed(NOW));

	private final Namespace namespace = new Namespace(NamespaceOptions.DEFAULTS,
			new DeliveryContext(new BrokerTimers(this.clock, WakeUp.NEVER), new LockTokens(new Random(42))));

	private final Set<Right> rights = EnumSet.allOf(Right.class);

	private final Subscription subscription;

	RuleOperationTests() {
		this.namespace.createTopic("news");
		this.namespace.createQueue("orders");
		this.subscription = this.namespace.createSubscription("news", "all");
	}

	@Test
	void newRuleIsListedBehindTheDefaultOne() {
		assertThat(add("r", "a = 1").status()).isEqualTo(200);
		assertThat(names(list(0, Integer.MAX_VALUE))).containsExactly("$Default", "r");
		assertThat(this.subscription.rules().get(1).createdAt()).isEqualTo(NOW);
	}

	@Test
	void removedRuleIsGone() {
		assertThat(request("remove-rule", Map.of("rule-name", "$default")).status()).isEqualTo(200);
		assertThat(this.subscription.rules()).isEmpty();
		assertThat(list(0, 10).status()).isEqualTo(204);
	}

	@Test
	void rulesAreListedPageByPage() {
		IntStream.range(0, 4).forEach((i) -> add("r" + i, "a = " + i));
		assertThat(names(list(0, 2))).containsExactly("$Default", "r0");
		assertThat(names(list(2, 2))).containsExactly("r1", "r2");
		assertThat(names(list(4, 2))).containsExactly("r3");
		assertThat(list(5, 2).status()).isEqualTo(204);
		assertThat(list(0, 0).status()).isEqualTo(204);
		assertThat(refusal(() -> list(-1, 2))).isEqualTo(Failure.ARGUMENT_ERROR);
	}

	@Test
	void nameThatIsTakenIsRefused() {
		add("r", "a = 1");
		BrokerException refusal = catchThrowableOfType(BrokerException.class, () -> add("R", "a = 2"));
		assertThat(refusal.error()).isEqualTo(BrokerError.ENTITY_ALREADY_EXISTS);
		assertThat(Failure.of(refusal.error()).status()).isEqualTo(409);
	}

	@Test
	void missingRuleIsReportedInTheWordsThatClientsRecognize() {
		BrokerException refusal = catchThrowableOfType(BrokerException.class,
				() -> request("remove-rule", Map.of("rule-name", "r")));
		assertThat(refusal.error()).isEqualTo(BrokerError.ENTITY_NOT_FOUND);
		assertThat(refusal)
			.hasMessage("The messaging entity 'sb://localhost/news/Subscriptions/all/Rules/r' could not be found.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a = ", "a == 1", "sys.Nothing = 1", "" })
	void invalidSqlIsRefused(String expression) {
		assertThat(refusal(() -> add("r", expression))).isEqualTo(Failure.ARGUMENT_ERROR);
		assertThat(this.subscription.rules()).hasSize(1);
	}

	@Test
	void invalidNameIsRefused() {
		assertThat(refusal(() -> add("a/b", "a = 1"))).isEqualTo(Failure.ARGUMENT_ERROR);
		assertThat(refusal(() -> request("add-rule", Map.of()))).isEqualTo(Failure.ARGUMENT_ERROR);
	}

	@ParameterizedTest
	@ValueSource(strings = { "news", "orders", "news/Subscriptions/all/$DeadLetterQueue" })
	void onlySubscriptionsHaveRules(String path) {
		assertThat(refusal(() -> request(path, "enumerate-rules", Map.of("skip", 0, "top", 1))))
			.isEqualTo(Failure.NOT_ALLOWED);
	}

	@Test
	void listeningIsEnoughAndSendingIsNot() {
		this.rights.retainAll(Set.of(Right.LISTEN));
		assertThat(add("r", "a = 1").status()).isEqualTo(200);
		this.rights.clear();
		assertThat(add("r2", "a = 1").status()).isEqualTo(401);
	}

	@Test
	void defaultRuleCanBeReplaced() {
		request("remove-rule", Map.of("rule-name", Rule.DEFAULT_NAME));
		add(Rule.DEFAULT_NAME, "1=0");
		assertThat(names(list(0, 10))).containsExactly(Rule.DEFAULT_NAME);
	}

	private Response add(String name, String expression) {
		return request("add-rule", Map.of("rule-name", name, "rule-description",
				Map.of("sql-filter", Map.of("expression", expression), "rule-name", name)));
	}

	private Response list(int skip, int top) {
		return request("enumerate-rules", Map.of("skip", skip, "top", top));
	}

	private Response request(String operation, Map<String, ?> body) {
		return request("news/Subscriptions/all", operation, body);
	}

	private Response request(String path, String operation, Map<String, ?> body) {
		return new ManagementNode(new ManagementOperations(this.clock), this.namespace, EntityAddress.parse(path),
				new ManagementClient(this.rights::contains, (sessionId) -> true, NO_TRANSACTIONS))
			.handle(new Request(1L, null, Map.of("operation", "com.microsoft:" + operation), body, null));
	}

	private static Failure refusal(ThrowingCallable call) {
		RefusedException refusal = catchThrowableOfType(RefusedException.class, call);
		assertThat(refusal).isNotNull();
		return refusal.failure();
	}

	private static List<Object> names(Response response) {
		List<?> rules = (List<?>) ((Map<?, ?>) response.body()).get("rules");
		return rules.stream()
			.map((rule) -> (DescribedValue) ((Map<?, ?>) rule).get("rule-description"))
			.<Object>map((rule) -> ((List<?>) rule.value()).get(2))
			.toList();
	}

}
