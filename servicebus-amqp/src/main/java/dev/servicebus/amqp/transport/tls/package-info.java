/**
 * The server's half of TLS: certificates that are given, or made on the spot.
 */
@NullMarked
package dev.servicebus.amqp.transport.tls;

import org.jspecify.annotations.NullMarked;
