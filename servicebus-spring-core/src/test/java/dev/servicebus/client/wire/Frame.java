package dev.servicebus.client.wire;

import java.util.ArrayList;
import java.util.List;

import org.apache.qpid.protonj2.test.driver.codec.primitives.DescribedType;

/**
 * A frame that a client has sent.
 *
 * @param address the entity or node at the other end of the link, empty for frames that
 * belong to no link
 * @param performative what the driver has read
 * @param payload what follows the performative, empty if nothing does
 */
record Frame(String address, DescribedType performative, byte[] payload) {

	boolean is(Class<?> type, String ofAddress) {
		return type.isInstance(this.performative) && ofAddress.equals(this.address);
	}

	String text() {
		List<DescribedType> parts = new ArrayList<>();
		parts.add(this.performative);
		parts.addAll(WireMessage.sections(this.payload));
		return WireText.of(parts);
	}

}
