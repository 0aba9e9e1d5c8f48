package dev.servicebus.emulator.amqp.management;

import dev.servicebus.emulator.amqp.request.Failure;
import dev.servicebus.emulator.amqp.request.RefusedException;
import dev.servicebus.emulator.amqp.request.Request;
import dev.servicebus.emulator.amqp.request.RequestHandler;
import dev.servicebus.emulator.amqp.request.Response;
import dev.servicebus.emulator.entity.EntityAddress;
import dev.servicebus.emulator.entity.Namespace;
import dev.servicebus.emulator.transaction.Transaction;

/**
 * The management node of one entity, as one connection sees it. Belongs to the broker's
 * loop.
 */
public final class ManagementNode implements RequestHandler {

	private final ManagementOperations operations;

	private final ManagedEntity entity;

	private final ManagementClient client;

	/**
	 * Creates a node.
	 * @param operations what it can do
	 * @param namespace holds the entity
	 * @param address the entity
	 * @param client the client that uses it
	 */
	public ManagementNode(ManagementOperations operations, Namespace namespace, EntityAddress address,
			ManagementClient client) {
		this.operations = operations;
		this.entity = new ManagedEntity(namespace, address, client.sessions(), null, null);
		this.client = client;
	}

	@Override
	public Response handle(Request request) {
		ManagementOperation operation = this.operations.find(request.operation());
		if (operation == null) {
			return Response.failed(Failure.NOT_IMPLEMENTED,
					"The operation '" + request.operation() + "' is not supported.");
		}
		if (!this.client.rights().test(operation.right())) {
			return Response.failed(Failure.UNAUTHORIZED, "Unauthorized access. '" + operation.right()
					+ "' claim(s) are required to perform this operation on '" + this.entity.address().path() + "'.");
		}
		return operation.perform(entityFor(request, operation), RequestBody.of(request.body()));
	}

	private ManagedEntity entityFor(Request request, ManagementOperation operation) {
		String linkName = request.text("associated-link-name");
		ManagedEntity entityOfLink = (linkName != null) ? this.entity.onBehalfOf(linkName) : this.entity;
		byte[] transactionId = request.transactionId();
		if (transactionId == null) {
			return entityOfLink;
		}
		Transaction transaction = this.client.transactions().find(transactionId);
		return switch (operation.inTransaction()) {
			case ENLISTED -> entityOfLink.in(transaction);
			case INDEPENDENT -> entityOfLink;
			case REFUSED -> throw new RefusedException(Failure.NOT_ALLOWED,
					"The operation '" + request.operation() + "' cannot take part in a transaction.");
		};
	}

}
