package dev.servicebus.client.amqp;

import java.util.concurrent.CompletableFuture;

import dev.servicebus.client.ServiceBusTransaction;
import org.jspecify.annotations.Nullable;

/**
 * A transaction as a program holds it.
 */
final class AmqpTransaction implements ServiceBusTransaction {

	private final ClientCore core;

	private final TransactionLife life;

	AmqpTransaction(TransactionLife life) {
		this.core = life.core();
		this.life = life;
	}

	/**
	 * The transaction that a program has handed in.
	 * @throws IllegalArgumentException if it is not one of this client
	 */
	static TransactionLife of(ServiceBusTransaction transaction, ClientCore core) {
		if (transaction instanceof AmqpTransaction own && own.core.owner() == core.owner()) {
			return own.life;
		}
		throw new IllegalArgumentException("The transaction belongs to another client");
	}

	@Override
	public void commit() {
		this.core.completions()
			.await(TransactionLife.COMMIT, (Completion<@Nullable Void> completion) -> commit(completion));
	}

	@Override
	public CompletableFuture<Void> commitAsync() {
		return this.core.completions().async(TransactionLife.COMMIT, this::commit);
	}

	private void commit(Completion<@Nullable Void> completion) {
		this.core.execute(() -> this.life.commit(completion));
	}

	@Override
	public void rollBack() {
		this.core.completions()
			.await(TransactionLife.ROLL_BACK, (Completion<@Nullable Void> completion) -> rollBack(completion));
	}

	@Override
	public CompletableFuture<Void> rollBackAsync() {
		return this.core.completions().async(TransactionLife.ROLL_BACK, this::rollBack);
	}

	private void rollBack(Completion<@Nullable Void> completion) {
		this.core.execute(() -> this.life.rollBack(completion));
	}

	@Override
	public void close() {
		this.core.executeUnlessEnded(this.life::giveUp);
	}

}
