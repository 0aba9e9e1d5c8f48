package dev.servicebus.amqp.type;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The composite types of AMQP 1.0 (sections 2.7, 2.8, 3.4, 3.5, 4.5 and 5.3) by their
 * descriptors, with the names of their fields.
 */
enum CompositeType {

	OPEN(0x10, "open",
			"container-id hostname max-frame-size channel-max idle-time-out outgoing-locales incoming-locales"
					+ " offered-capabilities desired-capabilities properties"),

	BEGIN(0x11, "begin",
			"remote-channel next-outgoing-id incoming-window outgoing-window handle-max offered-capabilities"
					+ " desired-capabilities properties"),

	ATTACH(0x12, "attach",
			"name handle role snd-settle-mode rcv-settle-mode source target unsettled incomplete-unsettled"
					+ " initial-delivery-count max-message-size offered-capabilities desired-capabilities properties"),

	FLOW(0x13, "flow",
			"next-incoming-id incoming-window next-outgoing-id outgoing-window handle delivery-count link-credit"
					+ " available drain echo properties"),

	TRANSFER(0x14, "transfer",
			"handle delivery-id delivery-tag message-format settled more rcv-settle-mode state resume aborted"
					+ " batchable"),

	DISPOSITION(0x15, "disposition", "role first last settled state batchable"),

	DETACH(0x16, "detach", "handle closed error"),

	END(0x17, "end", "error"),

	CLOSE(0x18, "close", "error"),

	ERROR(0x1d, "error", "condition description info"),

	RECEIVED(0x23, "received", "section-number section-offset"),

	ACCEPTED(0x24, "accepted", ""),

	REJECTED(0x25, "rejected", "error"),

	RELEASED(0x26, "released", ""),

	MODIFIED(0x27, "modified", "delivery-failed undeliverable-here message-annotations"),

	SOURCE(0x28, "source",
			"address durable expiry-policy timeout dynamic dynamic-node-properties distribution-mode filter"
					+ " default-outcome outcomes capabilities"),

	TARGET(0x29, "target", "address durable expiry-policy timeout dynamic dynamic-node-properties capabilities"),

	COORDINATOR(0x30, "coordinator", "capabilities"),

	DECLARE(0x31, "declare", "global-id"),

	DISCHARGE(0x32, "discharge", "txn-id fail"),

	DECLARED(0x33, "declared", "txn-id"),

	TRANSACTIONAL_STATE(0x34, "transactional-state", "txn-id outcome"),

	SASL_MECHANISMS(0x40, "sasl-mechanisms", "sasl-server-mechanisms"),

	SASL_INIT(0x41, "sasl-init", "mechanism initial-response hostname"),

	SASL_CHALLENGE(0x42, "sasl-challenge", "challenge"),

	SASL_RESPONSE(0x43, "sasl-response", "response"),

	SASL_OUTCOME(0x44, "sasl-outcome", "code additional-data");

	private static final Map<UnsignedLong, CompositeType> BY_DESCRIPTOR = Stream.of(values())
		.collect(Collectors.toMap((type) -> type.descriptor, Function.identity()));

	private final UnsignedLong descriptor;

	private final String typeName;

	private final List<String> fields;

	CompositeType(long descriptor, String typeName, String fields) {
		this.descriptor = UnsignedLong.of(descriptor);
		this.typeName = typeName;
		this.fields = fields.isEmpty() ? List.of() : List.of(fields.split(" "));
	}

	static @Nullable CompositeType of(Object descriptor) {
		return (descriptor instanceof UnsignedLong code) ? BY_DESCRIPTOR.get(code) : null;
	}

	String typeName() {
		return this.typeName;
	}

	/**
	 * The name of a field; a number for one that the standard does not know.
	 */
	String field(int index) {
		return (index < this.fields.size()) ? this.fields.get(index) : String.valueOf(index);
	}

}
