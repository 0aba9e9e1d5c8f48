/**
 * The emulator as the broker of a comparison, in this process or in one of its own.
 */
@NullMarked
package dev.servicebus.benchmarks.broker;

import org.jspecify.annotations.NullMarked;
