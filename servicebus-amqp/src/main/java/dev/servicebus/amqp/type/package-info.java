/**
 * The AMQP 1.0 types that Java has no type for. Everything else maps to the JDK:
 * {@code timestamp} to {@link java.time.Instant}, {@code uuid} to {@link java.util.UUID},
 * {@code binary} to {@code byte[]}, {@code char} to {@link java.lang.Integer code point}
 * wrappers of this package, {@code array} to Java arrays, {@code list} and {@code map} to
 * collections.
 */
@NullMarked
package dev.servicebus.amqp.type;

import org.jspecify.annotations.NullMarked;
