/**
 * Requests and responses of the small HTTP server that shares a network with AMQP.
 */
@NullMarked
package dev.servicebus.amqp.transport.http;

import org.jspecify.annotations.NullMarked;
