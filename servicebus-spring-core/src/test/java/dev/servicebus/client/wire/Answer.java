package dev.servicebus.client.wire;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.qpid.protonj2.test.driver.codec.primitives.DescribedType;
import org.apache.qpid.protonj2.test.driver.codec.primitives.Symbol;

/**
 * How the service answers a management operation.
 *
 * @param status the status code
 * @param condition the error, {@code null} for none
 * @param body the body, {@code null} for none
 */
record Answer(int status, String condition, Map<String, Object> body) {

	static Answer ok(Map<String, Object> body) {
		return new Answer(200, null, body);
	}

	static Answer of(int status) {
		return new Answer(status, null, null);
	}

	static Answer error(int status, String condition) {
		return new Answer(status, condition, null);
	}

	/**
	 * The response to the request with this id: section 6.1.
	 */
	byte[] encode(Object requestId) {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("statusCode", this.status);
		properties.put("statusDescription", "TrackingId:42");
		if (this.condition != null) {
			properties.put("errorCondition", Symbol.valueOf(this.condition));
		}
		return WireMessage.encode(correlation(requestId),
				WireMessage.described(WireMessage.APPLICATION_PROPERTIES, properties),
				WireMessage.described(WireMessage.VALUE, this.body));
	}

	/**
	 * The response to a put-token: section 2.5.
	 */
	static byte[] toToken(Object requestId, int status) {
		return WireMessage.encode(correlation(requestId),
				WireMessage.described(WireMessage.APPLICATION_PROPERTIES,
						Map.of("status-code", status, "status-description", "Accepted")),
				WireMessage.described(WireMessage.VALUE, null));
	}

	private static DescribedType correlation(Object requestId) {
		return WireMessage.described(WireMessage.PROPERTIES, Arrays.asList(null, null, null, null, null, requestId));
	}

}
