/**
 * What it costs to hold many sessions.
 */
@NullMarked
package dev.servicebus.benchmarks.scenario.session;

import org.jspecify.annotations.NullMarked;
