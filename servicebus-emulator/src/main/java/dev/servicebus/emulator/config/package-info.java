/**
 * Entities from a file: reads the configuration format of Microsoft's emulator into
 * immutable definitions, or says in one line what is wrong where.
 */
@NullMarked
package dev.servicebus.emulator.config;

import org.jspecify.annotations.NullMarked;
