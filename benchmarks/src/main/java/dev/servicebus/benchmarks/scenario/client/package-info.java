/**
 * Clients compared with each other, on the emulator.
 */
@NullMarked
package dev.servicebus.benchmarks.scenario.client;

import org.jspecify.annotations.NullMarked;
