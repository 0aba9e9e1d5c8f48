package dev.servicebus.emulator.amqp.management;

import java.util.List;
import java.util.Map;

import dev.servicebus.emulator.amqp.request.Response;
import dev.servicebus.emulator.auth.Right;

/**
 * Lists sessions page by page.
 */
final class ListSessions implements ManagementOperation {

	@Override
	public Right right() {
		return Right.LISTEN;
	}

	@Override
	public TransactionUse inTransaction() {
		return TransactionUse.INDEPENDENT;
	}

	@Override
	public Response perform(ManagedEntity entity, RequestBody body) {
		int skip = body.count("skip");
		List<String> ids = entity.source()
			.sessions()
			.list(body.instant("last-updated-time").toEpochMilli(), skip, body.count("top"));
		// The key has its two plurals on the wire.
		return ids.isEmpty() ? Response.noContent()
				: Response.ok(Map.of("skip", skip + ids.size(), "sessions-ids", ids.toArray(String[]::new)));
	}

}
