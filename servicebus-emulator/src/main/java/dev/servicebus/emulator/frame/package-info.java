/**
 * The AMQP frames that pass between clients and the emulator, shown to whoever asks.
 */
@NullMarked
package dev.servicebus.emulator.frame;

import org.jspecify.annotations.NullMarked;
