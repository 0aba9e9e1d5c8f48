/**
 * Brokers for comparisons, in this process or in one of their own.
 */
@NullMarked
package dev.servicebus.benchmarks.broker;

import org.jspecify.annotations.NullMarked;
