package dev.servicebus.client.twin;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.servicebus.amqp.type.Composite;
import dev.servicebus.amqp.type.UnsignedInteger;
import dev.servicebus.emulator.frame.Frame;
import dev.servicebus.emulator.frame.FrameDirection;

/**
 * Reads what a client says off its frames.
 */
final class FrameReading {

	private static final UnsignedInteger BATCH_FORMAT = UnsignedInteger.of(0x80013700L);

	private static final String SCHEDULE = "request com.microsoft:schedule-message";

	private final Facts facts = new Facts();

	/** What links are for, by connection, channel and handle. */
	private final Map<String, String> links = new HashMap<>();

	static Facts of(List<Frame> frames) {
		FrameReading reading = new FrameReading();
		frames.stream().filter((frame) -> frame.direction() == FrameDirection.FROM_CLIENT).forEach(reading::read);
		return reading.facts;
	}

	private void read(Frame frame) {
		Composite performative = frame.performative();
		switch (performative.name()) {
			case "empty" -> {
			}
			case "attach" -> {
				String link = purpose(performative);
				this.links.put(key(frame), link);
				this.facts.add("attach " + link, withoutOwnNames(performative));
			}
			case "flow" -> this.facts.add("flow " + this.links.getOrDefault(key(frame), "session"), performative);
			case "detach" -> this.facts.add("detach " + this.links.get(key(frame)), performative);
			case "disposition" -> this.facts.add("disposition " + stateName(performative.field("state")), performative);
			case "transfer" -> readTransfer(frame);
			default -> this.facts.add(performative.name(), performative);
		}
	}

	private void readTransfer(Frame frame) {
		Composite transfer = frame.performative();
		MessageSections message = MessageSections.of(frame.payload());
		String subject = subject(this.links.get(key(frame)), message);
		this.facts.add(subject + " transfer", transfer);
		readMessage(subject, message, BATCH_FORMAT.equals(transfer.field("message-format")));
	}

	private void readMessage(String subject, MessageSections message, boolean batch) {
		this.facts.say(subject, "sent");
		for (MessageSections.Section section : message.sections()) {
			if (batch && section.name().equals("data")) {
				readMessage(subject + " in a batch", MessageSections.of((byte[]) section.value()), false);
			}
			else if (subject.startsWith("request") && section.name().equals("properties")) {
				// Ids and addresses for answers are a client's own.
				((Map<?, ?>) section.value())
					.forEach((field, value) -> this.facts.say(subject + ".properties." + field, AmqpTypes.of(value)));
			}
			else if (subject.equals(SCHEDULE) && section.value() instanceof Map<?, ?> body
					&& body.get("messages") instanceof List<?> messages) {
				messages.forEach((element) -> readScheduled((Map<?, ?>) element));
			}
			else {
				this.facts.add(subject + "." + section.name(), section.value());
			}
		}
	}

	private void readScheduled(Map<?, ?> entry) {
		Map<Object, Object> rest = new LinkedHashMap<>(entry);
		byte[] message = (byte[]) rest.remove("message");
		this.facts.add(SCHEDULE + ".messages[]", rest);
		readMessage(SCHEDULE + " message", MessageSections.of(message), false);
	}

	private static String subject(String link, MessageSections message) {
		String operation = message.operation();
		if (operation != null) {
			return "request " + operation;
		}
		return (message.body() instanceof Composite command) ? command.name() : link.replace("sender", "message");
	}

	private static String stateName(Object state) {
		if (state instanceof Composite composite) {
			Object outcome = composite.field("outcome");
			return composite.name() + ((outcome != null) ? " " + stateName(outcome) : "");
		}
		return "without state";
	}

	private static String purpose(Composite attach) {
		boolean receiver = Boolean.TRUE.equals(attach.field("role"));
		Composite terminus = (Composite) attach.field(receiver ? "source" : "target");
		if (terminus.name().equals("coordinator")) {
			return "coordinator";
		}
		String address = String.valueOf(terminus.field("address"));
		String node = address.endsWith("$cbs") ? "$cbs " : address.endsWith("$management") ? "$management " : "";
		return node + (receiver ? "receiver" : "sender");
	}

	/**
	 * How a client names a link and its own end of it is its own matter.
	 */
	private static Composite withoutOwnNames(Composite attach) {
		String own = Boolean.TRUE.equals(attach.field("role")) ? "target" : "source";
		Map<String, Object> fields = new LinkedHashMap<>(attach.fields());
		fields.computeIfPresent(own, (name, terminus) -> ((Composite) terminus).without("address"));
		return new Composite(attach.name(), fields).without("name");
	}

	private static String key(Frame frame) {
		return frame.connection() + ":" + frame.channel() + ":" + frame.performative().field("handle");
	}

}
