/**
 * AMQP messages: their sections as immutable values, and the way to bytes and back (AMQP
 * 1.0 section 3.2).
 */
@NullMarked
package dev.servicebus.amqp.message;

import org.jspecify.annotations.NullMarked;
