/**
 * The wire forms of subscription rules: what clients write when they add one, and what
 * they read when they list them.
 */
@NullMarked
package dev.servicebus.emulator.amqp.management.rule;

import org.jspecify.annotations.NullMarked;
