package dev.servicebus.client.twin;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What Microsoft's client for Java says on the wire is what ours says, field by field and
 * type by type, but for what {@code docs/client.md} lists with its reason.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WireTwinTests {

	private static final String REQUEST = "request com.microsoft:";

	private final List<ListedDifference> listed = ListedDifference.inTheDocumentation();

	private final Set<ListedDifference> seen = new HashSet<>();

	private final Set<String> subjects = new HashSet<>();

	private int compared;

	static Stream<TwinOperation> operations() {
		return Stream
			.of(SendOperations.all(), ReceiveOperations.all(), SessionOperations.all(), RuleOperations.all(),
					TransactionOperations.all())
			.flatMap(List::stream);
	}

	@Order(1)
	@ParameterizedTest
	@MethodSource("operations")
	void bothSayTheSameUnlessTheDifferenceIsListed(TwinOperation operation) throws Exception {
		Facts theirs = TwinBench.theirs(operation);
		Facts ours = TwinBench.ours(operation);

		List<WireDifference> differences = WireDifference.between(theirs, ours);
		this.listed.stream().filter((row) -> differences.stream().anyMatch(row::covers)).forEach(this.seen::add);
		theirs.values().keySet().forEach((place) -> this.subjects.add(Facts.subject(place)));
		this.compared++;
		assertThat(differences)
			.filteredOn((difference) -> this.listed.stream().noneMatch((row) -> row.covers(difference)))
			.as("differences that the table does not list")
			.isEmpty();
	}

	@Order(2)
	@Test
	void everythingTheProtocolKnowsWasSaid() {
		assumeAllWereCompared();
		assertThat(this.subjects).contains("sasl-init", "open", "begin", "close", "flow receiver", "attach $cbs sender",
				"attach $management receiver", "attach sender", "attach receiver", "attach coordinator", "declare",
				"discharge", "message", "message in a batch", "request put-token");
		assertThat(this.subjects).contains("disposition accepted", "disposition modified", "disposition rejected",
				"disposition transactional-state accepted", "disposition transactional-state modified",
				"disposition transactional-state rejected");
		assertThat(this.subjects).filteredOn((subject) -> subject.startsWith(REQUEST) && !subject.endsWith(" transfer"))
			.extracting((subject) -> subject.substring(REQUEST.length()))
			.containsExactlyInAnyOrder("schedule-message", "schedule-message message", "cancel-scheduled-message",
					"peek-message", "receive-by-sequence-number", "update-disposition", "renew-lock",
					"renew-session-lock", "get-session-state", "set-session-state", "add-rule", "remove-rule",
					"enumerate-rules");
	}

	@Order(2)
	@Test
	void everyListedDifferenceStillExists() {
		assumeAllWereCompared();
		assertThat(this.listed).isNotEmpty();
		assertThat(this.listed).filteredOn((row) -> !this.seen.contains(row))
			.as("rows of the table that no operation shows any more")
			.isEmpty();
	}

	private void assumeAllWereCompared() {
		assumeThat(this.compared).as("operations that were compared").isEqualTo((int) operations().count());
	}

}
