package dev.servicebus.client.wire;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.qpid.protonj2.test.driver.codec.messaging.Accepted;
import org.apache.qpid.protonj2.test.driver.codec.messaging.Rejected;
import org.apache.qpid.protonj2.test.driver.codec.messaging.AmqpValue;
import org.apache.qpid.protonj2.test.driver.codec.messaging.Properties;
import org.apache.qpid.protonj2.test.driver.codec.primitives.Binary;
import org.apache.qpid.protonj2.test.driver.codec.primitives.DescribedType;
import org.apache.qpid.protonj2.test.driver.codec.transactions.Declare;
import org.apache.qpid.protonj2.test.driver.codec.transactions.Declared;
import org.apache.qpid.protonj2.test.driver.codec.transactions.TransactionalState;
import org.apache.qpid.protonj2.test.driver.codec.transport.Transfer;

/**
 * What the service holds and what it answers. Set by the test, read on the driver's
 * thread.
 */
final class ServiceScript {

	static final String NEXT_SESSION = "S1";

	static final Instant LOCKED_UNTIL = Instant.parse("2099-01-01T00:00:00Z");

	/** The same in units of 100 ns since the year 1. */
	static final Long LOCKED_UNTIL_TICKS = 621_355_968_000_000_000L + LOCKED_UNTIL.toEpochMilli() * 10_000;

	private static final String SETTLEMENTS = "";

	private static final Binary TRANSACTION = new Binary(new byte[] { 1, 2 });

	private final Map<String, List<byte[]>> messages = new ConcurrentHashMap<>();

	private final Map<String, Answer> answers = new ConcurrentHashMap<>();

	private final Map<String, DescribedType> outcomes = new ConcurrentHashMap<>();

	private volatile int tokenStatus = 202;

	void holds(String address, byte[] message) {
		this.messages.put(address, List.of(message));
	}

	void answers(String operation, Answer answer) {
		this.answers.put(operation, answer);
	}

	void sendsEndIn(DescribedType outcome, String address) {
		this.outcomes.put(address, outcome);
	}

	void settlementsEndIn(DescribedType outcome) {
		this.outcomes.put(SETTLEMENTS, outcome);
	}

	void tokensGet(int status) {
		this.tokenStatus = status;
	}

	/**
	 * The lock token with this number: 33221100-5544-7766-8899-aabbccddee and the number.
	 */
	static UUID lockToken(long number) {
		return new UUID(0x3322110055447766L, 0x8899aabbccddee00L | number);
	}

	/**
	 * The same as a delivery tag, the order of bytes that .NET has: section 4.6.
	 */
	static byte[] deliveryTag(long number) {
		byte[] tag = new byte[16];
		for (int i = 0; i < tag.length - 1; i++) {
			tag[i] = (byte) (i * 0x11);
		}
		tag[tag.length - 1] = (byte) number;
		return tag;
	}

	List<byte[]> messagesOf(String address) {
		return this.messages.getOrDefault(address, List.of());
	}

	/**
	 * What becomes of a message that the client has sent.
	 */
	DescribedType outcomeOf(String address, Transfer transfer, byte[] payload) {
		if (address.equals(PeerLink.COORDINATOR)) {
			return isDeclare(payload) ? new Declared().setTxnId(TRANSACTION)
					: this.outcomes.getOrDefault(address, new Accepted());
		}
		DescribedType outcome = this.outcomes.getOrDefault(address, new Accepted());
		return (transfer.getState() instanceof TransactionalState)
				? new TransactionalState().setTxnId(TRANSACTION).setOutcome(outcome) : outcome;
	}

	private static boolean isDeclare(byte[] payload) {
		return WireMessage.section(payload, AmqpValue.class).getDescribed() instanceof Declare;
	}

	/**
	 * What confirms a settlement: the same outcome, and without an error where it is a
	 * rejection.
	 */
	DescribedType confirmationOf(DescribedType state) {
		if (state instanceof TransactionalState transactional) {
			return new TransactionalState().setTxnId(transactional.getTxnId())
				.setOutcome(confirmationOf(transactional.getOutcome()));
		}
		DescribedType confirmation = (state instanceof Rejected) ? new Rejected() : state;
		return this.outcomes.getOrDefault(SETTLEMENTS, confirmation);
	}

	/**
	 * What a node answers, {@code null} for entities, which answer nothing.
	 */
	byte[] responseTo(String address, byte[] payload) {
		if (address.equals("$cbs")) {
			return Answer.toToken(requestId(payload), this.tokenStatus);
		}
		if (!address.endsWith("/$management")) {
			return null;
		}
		Object operation = WireMessage.applicationProperties(payload).get("operation");
		return this.answers.getOrDefault(operation, Answer.of(200)).encode(requestId(payload));
	}

	private static Object requestId(byte[] payload) {
		return WireMessage.section(payload, Properties.class).getMessageId();
	}

}
