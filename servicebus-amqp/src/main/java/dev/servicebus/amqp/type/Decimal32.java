package dev.servicebus.amqp.type;

/**
 * An AMQP {@code decimal32}, carried but not interpreted. Immutable.
 *
 * @param bits the 32 bits of an IEEE 754-2008 decimal in binary integer encoding
 */
public record Decimal32(int bits) {

}
