/**
 * Byte channels over sockets: TCP and TLS with Netty.
 */
@NullMarked
package dev.servicebus.amqp.transport.netty;

import org.jspecify.annotations.NullMarked;
