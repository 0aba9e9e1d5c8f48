/**
 * What listener containers keep up under conditions that only they know.
 */
@NullMarked
package dev.servicebus.benchmarks.scenario.listener;

import org.jspecify.annotations.NullMarked;
