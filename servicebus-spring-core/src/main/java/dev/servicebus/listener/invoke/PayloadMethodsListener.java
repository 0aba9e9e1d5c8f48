package dev.servicebus.listener.invoke;

import java.util.concurrent.CompletionStage;

import dev.servicebus.listener.ListenerContext;
import dev.servicebus.listener.MessageListener;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Hands each message to the method that its payload is for.
 */
final class PayloadMethodsListener implements MessageListener {

	private final PayloadMethods methods;

	PayloadMethodsListener(PayloadMethods methods) {
		this.methods = methods;
	}

	@Override
	public void onMessage(ServiceBusReceivedMessage message, ListenerContext context) throws Exception {
		this.methods.choose(message).listener().onMessage(message, context);
	}

	@Override
	public CompletionStage<Void> reply(ServiceBusReceivedMessage message, Object value, ListenerContext context) {
		return this.methods.choose(message).listener().reply(message, value, context);
	}

	@Override
	public String toString() {
		return this.methods.toString();
	}

}
