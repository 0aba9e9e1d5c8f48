package dev.servicebus.listener.support;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.message.ServiceBusMessage;

/**
 * Takes messages one by one, and accepts them when the test says so.
 */
public final class FakeSends {

	private final List<Sent> sent = new CopyOnWriteArrayList<>();

	private boolean accepting = true;

	private @Nullable Throwable refusal;

	public List<Sent> sent() {
		return this.sent;
	}

	/** From now on, messages wait for their future to be completed. */
	public void hold() {
		this.accepting = false;
	}

	/** From now on, messages are refused. */
	public void refuse(Throwable newRefusal) {
		this.refusal = newRefusal;
	}

	ServiceBusSender sender(String destination) {
		return (ServiceBusSender) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { ServiceBusSender.class }, (proxy, method, arguments) -> {
					if (!method.getName().equals("sendAsync") || !(arguments[0] instanceof ServiceBusMessage message)) {
						throw new UnsupportedOperationException(method.toString());
					}
					return send(destination, message);
				});
	}

	private CompletableFuture<Void> send(String destination, ServiceBusMessage message) {
		CompletableFuture<Void> accepted = this.accepting ? CompletableFuture.completedFuture(null)
				: new CompletableFuture<>();
		if (this.refusal != null) {
			return CompletableFuture.failedFuture(this.refusal);
		}
		this.sent.add(new Sent(destination, message, accepted));
		return accepted;
	}

	/**
	 * A message that was sent.
	 */
	public record Sent(String destination, ServiceBusMessage message, CompletableFuture<Void> accepted) {

		public String body() {
			return this.message.bodyAsString();
		}

	}

}
