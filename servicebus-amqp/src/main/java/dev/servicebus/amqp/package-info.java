/**
 * Values of AMQP 1.0 that every layer shares: outcomes, errors, termini, options.
 */
@NullMarked
package dev.servicebus.amqp;

import org.jspecify.annotations.NullMarked;
