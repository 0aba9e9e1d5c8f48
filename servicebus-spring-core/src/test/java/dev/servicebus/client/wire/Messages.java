package dev.servicebus.client.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.qpid.protonj2.test.driver.codec.primitives.Binary;
import org.apache.qpid.protonj2.test.driver.codec.primitives.DescribedType;
import org.apache.qpid.protonj2.test.driver.codec.primitives.Symbol;
import org.apache.qpid.protonj2.test.driver.codec.primitives.UnsignedInteger;

/**
 * Messages as the service delivers them: sections 4.2, 4.3 and 4.9 of the protocol.
 */
final class Messages {

	static final Instant ENQUEUED = Instant.parse("2026-01-02T03:04:05.678Z");

	private Messages() {
	}

	static byte[] minimal() {
		return WireMessage.encode(header(0), annotations(Map.of()), body("hello"));
	}

	static DescribedType header(int deliveryCount) {
		return WireMessage.described(WireMessage.HEADER,
				Arrays.asList(null, null, null, null, UnsignedInteger.valueOf(deliveryCount)));
	}

	/**
	 * What the service writes on every message, and more.
	 */
	static DescribedType annotations(Map<String, Object> more) {
		Map<Symbol, Object> annotations = new LinkedHashMap<>();
		annotations.put(Symbol.valueOf("x-opt-sequence-number"), 42L);
		annotations.put(Symbol.valueOf("x-opt-enqueued-time"), Date.from(ENQUEUED));
		annotations.put(Symbol.valueOf("x-opt-locked-until"), Date.from(ServiceScript.LOCKED_UNTIL));
		more.forEach((key, value) -> annotations.put(Symbol.valueOf(key), value));
		return WireMessage.described(WireMessage.MESSAGE_ANNOTATIONS, annotations);
	}

	static DescribedType body(String text) {
		return WireMessage.described(WireMessage.DATA, new Binary(text.getBytes(StandardCharsets.UTF_8)));
	}

	/**
	 * The body of a response that returns messages.
	 */
	@SafeVarargs
	static Map<String, Object> list(Map<String, Object>... entries) {
		return Map.of("messages", List.of(entries));
	}

}
