package dev.servicebus.emulator.amqp.management;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.servicebus.emulator.amqp.request.Response;
import dev.servicebus.emulator.auth.Right;

/**
 * Renews the locks of messages, all or none.
 */
final class RenewLocks implements ManagementOperation {

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
		List<UUID> tokens = body.uuids("lock-tokens");
		Instant[] expirations = new Instant[tokens.size()];
		Arrays.fill(expirations, Instant.ofEpochMilli(entity.source().renewLocks(tokens)));
		return Response.ok(Map.of("expirations", expirations));
	}

}
