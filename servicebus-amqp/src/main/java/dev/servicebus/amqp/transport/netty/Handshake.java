package dev.servicebus.amqp.transport.netty;

import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.SSLEngine;

import dev.servicebus.amqp.transport.ConnectFailedException.Reason;
import dev.servicebus.amqp.transport.ConnectTarget;
import dev.servicebus.amqp.transport.ProxyOptions;
import dev.servicebus.amqp.transport.WebSocketEndpoint;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One of the steps that make a connected socket a channel to the target.
 */
@FunctionalInterface
interface Handshake {

	/**
	 * Begins the step. It ends when the socket does, or with the result on the channel's
	 * loop.
	 */
	Future<?> start(Channel channel);

	/**
	 * The steps that a target needs, in their order.
	 */
	static List<Handshake> stepsTo(ConnectTarget target, ClientTls tls, @Nullable SSLEngine engine) {
		List<Handshake> steps = new ArrayList<>();
		ProxyOptions proxy = target.proxy();
		if (proxy != null) {
			steps.add((channel) -> ProxyTunnel.open(channel, target, proxy));
		}
		if (engine != null) {
			steps.add((channel) -> tls.secure(channel, engine));
		}
		WebSocketEndpoint endpoint = target.webSocket();
		if (endpoint != null) {
			steps.add((channel) -> WebSocketUpgrade.request(channel, target, endpoint));
		}
		return steps;
	}

	/**
	 * Names what made a step fail.
	 */
	static Reason reasonOf(Throwable failure) {
		return (failure instanceof RefusedException refusal) ? refusal.reason() : ClientTls.reasonOf(failure);
	}

}
