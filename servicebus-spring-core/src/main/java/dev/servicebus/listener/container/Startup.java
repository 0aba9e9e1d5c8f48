package dev.servicebus.listener.container;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.MessagingEntityDisabledException;
import dev.servicebus.client.MessagingEntityNotFoundException;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.retry.AsyncFailures;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.ListenerStartupException;
import dev.servicebus.listener.StartupPolicy;

/**
 * What the startup policy makes of a container that cannot receive yet.
 */
final class Startup {

	private final ListenerDefinition definition;

	Startup(ListenerDefinition definition) {
		this.definition = definition;
	}

	/**
	 * Returns whether what hinders a container that has never received is expected to
	 * pass by itself.
	 */
	boolean awaits(ServiceBusException failure) {
		return options().startupPolicy() == StartupPolicy.LAZY
				&& (failure.isTransient() || failure instanceof MessagingEntityNotFoundException
						|| failure instanceof MessagingEntityDisabledException);
	}

	/**
	 * Waits until a container receives, if it has to.
	 * @throws ListenerStartupException if it has to but cannot
	 */
	void await(CompletableFuture<Void> ready) {
		if (options().startupPolicy() != StartupPolicy.FAIL) {
			return;
		}
		try {
			ready.get(options().startupTimeout().toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw failed("was interrupted", null, ex);
		}
		catch (TimeoutException ex) {
			throw failed("did not receive within its startupTimeout of " + options().startupTimeout(), null, ex);
		}
		catch (ExecutionException ex) {
			Throwable cause = AsyncFailures.unwrap(ex);
			throw failed("cannot receive: " + cause.getMessage(), ReceiveAdvice.of(cause), cause);
		}
	}

	private ListenerStartupException failed(String what, @Nullable String advice, Throwable cause) {
		return new ListenerStartupException(
				"Listener '" + this.definition.id() + "' on '" + this.definition.target() + "' " + what, advice, cause);
	}

	private ListenerOptions options() {
		return this.definition.options();
	}

}
