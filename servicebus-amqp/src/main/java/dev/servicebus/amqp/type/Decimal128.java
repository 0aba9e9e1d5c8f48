package dev.servicebus.amqp.type;

/**
 * An AMQP {@code decimal128}, carried but not interpreted. Immutable.
 *
 * @param high the upper 64 bits of an IEEE 754-2008 decimal in binary integer encoding
 * @param low the lower 64 bits
 */
public record Decimal128(long high, long low) {

}
