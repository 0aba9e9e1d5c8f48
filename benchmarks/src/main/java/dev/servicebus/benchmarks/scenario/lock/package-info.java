/**
 * What it costs to keep messages locked.
 */
@NullMarked
package dev.servicebus.benchmarks.scenario.lock;

import org.jspecify.annotations.NullMarked;
