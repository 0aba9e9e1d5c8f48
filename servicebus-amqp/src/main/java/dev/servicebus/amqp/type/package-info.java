/**
 * The AMQP 1.0 types that Java has no type for. Everything else maps to the JDK:
 * {@code null}, {@code boolean}, {@code byte}, {@code short}, {@code int}, {@code long},
 * {@code float} and {@code double} to the boxed types, {@code timestamp} to
 * {@link java.time.Instant}, {@code uuid} to {@link java.util.UUID}, {@code binary} to
 * {@code byte[]}, {@code string} to {@link java.lang.String}, {@code char} to
 * {@link java.lang.Character} (beyond its range to
 * {@link dev.servicebus.amqp.type.CodePoint}), {@code list} to {@link java.util.List},
 * {@code map} to {@link java.util.LinkedHashMap} in the order of the wire, and
 * {@code array} to a Java array of the type that its elements have on their own, for
 * example {@code Long[]}, {@code UUID[]} or {@code Symbol[]}.
 */
@NullMarked
package dev.servicebus.amqp.type;

import org.jspecify.annotations.NullMarked;
