package dev.servicebus.amqp.type;

/**
 * An AMQP {@code decimal64}, carried but not interpreted. Immutable.
 *
 * @param bits the 64 bits of an IEEE 754-2008 decimal in binary integer encoding
 */
public record Decimal64(long bits) {

}
