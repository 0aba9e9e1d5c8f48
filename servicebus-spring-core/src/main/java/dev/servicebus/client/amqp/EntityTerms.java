package dev.servicebus.client.amqp;

import java.time.Duration;
import java.util.Map;

import dev.servicebus.amqp.Terminus;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.client.connection.LinkFailure;

/**
 * Reads all messages of an entity, and goes on whatever happens to the link.
 */
final class EntityTerms implements ReceiverTerms {

	private final ClientCore core;

	private final String path;

	EntityTerms(ClientCore core, String path) {
		this.core = core;
		this.path = path;
	}

	@Override
	public Terminus.Source source() {
		return Terminus.Source.of(this.path);
	}

	@Override
	public Map<Symbol, Object> attaching() {
		return this.core.receiverProperties();
	}

	@Override
	public Duration attachTimeout() {
		return this.core.operationTimeout();
	}

	@Override
	public Next lost(LinkFailure failure) {
		return Next.AGAIN;
	}

	@Override
	public boolean locksMessages() {
		return true;
	}

}
