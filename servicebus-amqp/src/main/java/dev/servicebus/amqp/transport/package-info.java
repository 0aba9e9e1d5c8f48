/**
 * Byte channels and the event loop that owns them: the contracts, and Netty behind them.
 */
@NullMarked
package dev.servicebus.amqp.transport;

import org.jspecify.annotations.NullMarked;
