/**
 * What sending would cost if nothing but its indispensable parts were there.
 */
@NullMarked
package dev.servicebus.benchmarks.scenario.ceiling;

import org.jspecify.annotations.NullMarked;
