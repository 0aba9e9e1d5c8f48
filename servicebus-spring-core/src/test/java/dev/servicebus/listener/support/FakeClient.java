package dev.servicebus.listener.support;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.servicebus.client.MessageSource;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.client.StubClient;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * A client without a broker: its sources are fed by the test.
 */
public class FakeClient extends StubClient {

	private final List<FakeSource> sources = new CopyOnWriteArrayList<>();

	private final FakeSends sends = new FakeSends();

	public static ServiceBusReceivedMessage message(String body) {
		return message(ServiceBusMessage.of(body));
	}

	public static ServiceBusReceivedMessage message(ServiceBusMessage message) {
		return ServiceBusReceivedMessage.of(message, UUID.randomUUID());
	}

	/** The source that was opened last. */
	public FakeSource source() {
		return this.sources.get(this.sources.size() - 1);
	}

	/** The source that was opened last for a path. */
	public FakeSource source(String path) {
		return this.sources.stream()
			.filter((source) -> source.options().path().equals(path))
			.reduce((first, second) -> second)
			.orElseThrow(() -> new AssertionError("nobody listens to " + path));
	}

	public List<FakeSource> sources() {
		return this.sources;
	}

	/** What was sent, and whether it is accepted. */
	public FakeSends sends() {
		return this.sends;
	}

	@Override
	public ServiceBusSender sender(String entityPath) {
		return this.sends.sender(entityPath);
	}

	@Override
	public MessageSource open(ReceiverOptions options, MessageSource.Listener listener) {
		FakeSource source = new FakeSource(options, listener);
		this.sources.add(source);
		return source;
	}

}
