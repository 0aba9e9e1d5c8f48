package dev.servicebus.client.amqp;

import java.time.Duration;

import dev.servicebus.amqp.ConnectionOptions;
import dev.servicebus.amqp.endpoint.AmqpConnection;
import dev.servicebus.amqp.endpoint.ConnectionListener;
import dev.servicebus.amqp.engine.AmqpEngine;
import dev.servicebus.amqp.sasl.SaslCredentials;
import dev.servicebus.amqp.transport.ConnectTarget;
import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.amqp.transport.Network;
import dev.servicebus.client.connection.ConnectionOwner;

/**
 * Opens the connections of one client. Immutable.
 *
 * @param network where connections come from
 * @param target where they lead
 * @param connectTimeout how long one may take
 * @param options what it says when it opens
 * @param scope what transactions may span
 * @param coordinator attaches the link of the coordinator; when links share a session it
 * has to come before all others, which wait for their rights first
 */
record ClientDialer(Network network, ConnectTarget target, Duration connectTimeout, ConnectionOptions options,
		TransactionScope scope, Runnable coordinator) implements ConnectionOwner.Dialer {

	@Override
	public AmqpConnection dial(EventLoop loop, ConnectionListener listener) {
		if (this.scope == TransactionScope.SEVERAL_ENTITIES) {
			loop.execute(this.coordinator);
		}
		return AmqpEngine.connect(this.network, loop, this.target, this.connectTimeout, this.options,
				SaslCredentials.anonymous(), listener);
	}

	@Override
	public int linksPerSession() {
		return (this.scope == TransactionScope.SEVERAL_ENTITIES) ? Integer.MAX_VALUE
				: ConnectionOwner.Dialer.super.linksPerSession();
	}

}
