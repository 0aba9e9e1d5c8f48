/**
 * Byte channels over sockets with Netty: TCP, TLS, WebSocket and proxies, and the servers
 * that tell protocols apart.
 */
@NullMarked
package dev.servicebus.amqp.transport.netty;

import org.jspecify.annotations.NullMarked;
