package dev.servicebus.emulator.amqp.management;

import java.util.Map;

import dev.servicebus.emulator.amqp.request.Response;
import dev.servicebus.emulator.auth.Right;
import dev.servicebus.emulator.entity.ReceivableEntity;

/**
 * Deletes messages without receiving them, the oldest first. Clients ask again until
 * there is nothing left.
 */
final class DeleteMessages implements ManagementOperation {

	/** The most that any tier deletes at once; who asks for more gets as many. */
	private static final int MAX_MESSAGES = 4000;

	@Override
	public Right right() {
		return Right.LISTEN;
	}

	@Override
	public Response perform(ManagedEntity entity, RequestBody body) {
		int count = Math.min(body.positive("message-count"), MAX_MESSAGES);
		long before = body.instant("enqueued-time-utc").toEpochMilli();
		String sessionId = body.optionalText("session-id");
		ReceivableEntity source = entity.source();
		int deleted = (sessionId != null) ? source.sessions().delete(sessionId, count, before)
				: source.delete(count, before);
		return (deleted > 0) ? Response.ok(Map.of("message-count", deleted)) : Response.noContent();
	}

}
