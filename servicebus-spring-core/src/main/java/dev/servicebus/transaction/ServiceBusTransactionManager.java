package dev.servicebus.transaction;

import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.SmartTransactionObject;

import dev.servicebus.client.MessagingClient;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.ServiceBusTransaction;

/**
 * Spring's transactions on Service Bus: what the template sends in a method annotated
 * with {@code @Transactional("serviceBusTransactionManager")} is sent when that returns,
 * and not at all when it throws. Within a transactional listener, such a method takes
 * part in the transaction of the listener. Thread-safe.
 *
 * <p>
 * A commit whose answer was lost ends in a {@link TransactionSystemException} with an
 * {@link dev.servicebus.client.UnknownOutcomeException} as its cause: everything was
 * sent, or nothing.
 */
public final class ServiceBusTransactionManager extends AbstractPlatformTransactionManager {

	private static final long serialVersionUID = 1L;

	private final transient MessagingClient client;

	public ServiceBusTransactionManager(MessagingClient client) {
		this.client = Objects.requireNonNull(client, "client");
		setNestedTransactionAllowed(false);
		setTransactionSynchronization(SYNCHRONIZATION_ON_ACTUAL_TRANSACTION);
	}

	@Override
	protected Object doGetTransaction() {
		return new Work(CurrentTransaction.of(this.client));
	}

	@Override
	protected boolean isExistingTransaction(Object transaction) {
		return ((Work) transaction).current != null;
	}

	@Override
	protected void doBegin(Object transaction, TransactionDefinition definition) {
		try {
			ServiceBusTransaction begun = this.client.beginTransaction();
			((Work) transaction).begin(begun, CurrentTransaction.bind(this.client, begun));
		}
		catch (ServiceBusException ex) {
			throw new CannotCreateTransactionException("Could not begin a transaction of Service Bus", ex);
		}
	}

	@Override
	protected void doCommit(DefaultTransactionStatus status) {
		try {
			((Work) status.getTransaction()).transaction().commit();
		}
		catch (ServiceBusException ex) {
			throw new TransactionSystemException("Could not commit a transaction of Service Bus", ex);
		}
	}

	@Override
	protected void doRollback(DefaultTransactionStatus status) {
		try {
			((Work) status.getTransaction()).transaction().rollBack();
		}
		catch (ServiceBusException ex) {
			throw new TransactionSystemException("Could not roll back a transaction of Service Bus", ex);
		}
	}

	@Override
	protected void doSetRollbackOnly(DefaultTransactionStatus status) {
		((Work) status.getTransaction()).rollbackOnly = true;
	}

	@Override
	protected Object doSuspend(Object transaction) {
		((Work) transaction).current = null;
		return CurrentTransaction.suspend(this.client);
	}

	@Override
	protected void doResume(@Nullable Object transaction, Object suspended) {
		((CurrentTransaction.Binding) suspended).close();
	}

	@Override
	protected void doCleanupAfterCompletion(Object transaction) {
		((Work) transaction).end();
	}

	/**
	 * One transaction as Spring sees it. Confined to its thread.
	 */
	private static final class Work implements SmartTransactionObject {

		private @Nullable ServiceBusTransaction current;

		private CurrentTransaction.@Nullable Binding binding;

		private boolean rollbackOnly;

		Work(@Nullable ServiceBusTransaction current) {
			this.current = current;
		}

		void begin(ServiceBusTransaction begun, CurrentTransaction.Binding newBinding) {
			this.current = begun;
			this.binding = newBinding;
		}

		void end() {
			if (this.binding != null) {
				this.binding.close();
				transaction().close();
			}
		}

		ServiceBusTransaction transaction() {
			return Objects.requireNonNull(this.current, "no transaction was begun");
		}

		@Override
		public boolean isRollbackOnly() {
			return this.rollbackOnly;
		}

	}

}
