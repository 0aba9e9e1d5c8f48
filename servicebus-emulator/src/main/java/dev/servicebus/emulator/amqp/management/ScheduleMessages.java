package dev.servicebus.emulator.amqp.management;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.servicebus.amqp.codec.AmqpDecodeException;
import dev.servicebus.emulator.amqp.message.MessageReader;
import dev.servicebus.emulator.amqp.message.WireMessage;
import dev.servicebus.emulator.amqp.request.Failure;
import dev.servicebus.emulator.amqp.request.RefusedException;
import dev.servicebus.emulator.amqp.request.Response;
import dev.servicebus.emulator.auth.Right;

/**
 * Takes messages that become active at a later time, all or none.
 */
final class ScheduleMessages implements ManagementOperation {

	private final InstantSource clock;

	ScheduleMessages(InstantSource clock) {
		this.clock = clock;
	}

	@Override
	public Right right() {
		return Right.SEND;
	}

	@Override
	public TransactionUse inTransaction() {
		return TransactionUse.ENLISTED;
	}

	@Override
	public Response perform(ManagedEntity entity, RequestBody body) {
		Instant now = this.clock.instant();
		List<WireMessage> messages = new ArrayList<>();
		try {
			for (RequestBody entry : body.bodies("messages")) {
				messages.add(MessageReader.read(entry.binary("message"), now));
			}
		}
		catch (AmqpDecodeException ex) {
			throw new RefusedException(Failure.DECODE_ERROR, "Malformed message: " + ex.getMessage());
		}
		return Response.ok(Map.of("sequence-numbers", entity.schedule(messages)));
	}

}
