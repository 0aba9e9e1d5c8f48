package dev.servicebus.client.wire;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.qpid.protonj2.test.driver.codec.primitives.DescribedType;
import org.apache.qpid.protonj2.test.driver.codec.transport.Open;

/**
 * The frames that a client has sent, in their order. Thread-safe.
 */
final class Recording {

	private static final String CONTAINER_PREFIX = "servicebus-spring-";

	private final List<Frame> frames = new CopyOnWriteArrayList<>();

	private volatile String clientId = "";

	void opened(Open open) {
		this.clientId = open.getContainerId().substring(CONTAINER_PREFIX.length());
		add("", open, null);
	}

	void add(String address, DescribedType performative, byte[] payload) {
		this.frames.add(new Frame(address, performative, (payload != null) ? payload : new byte[0]));
	}

	/**
	 * The frames of a kind on the links to an address, as text. The id of the client,
	 * which is drawn at random, reads {@code CLIENT} there.
	 */
	List<String> of(Class<?> type, String address) {
		return this.frames.stream()
			.filter((frame) -> frame.is(type, address))
			.map((frame) -> frame.text().replace(this.clientId, "CLIENT"))
			.toList();
	}

}
