/**
 * The management node of an entity: one class for each operation, found by its name in a
 * table.
 */
@NullMarked
package dev.servicebus.emulator.amqp.management;

import org.jspecify.annotations.NullMarked;
