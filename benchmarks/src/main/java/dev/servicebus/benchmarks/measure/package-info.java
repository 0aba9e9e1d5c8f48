/**
 * What a round costs: time, processor time and memory, and how rounds are summarized.
 */
@NullMarked
package dev.servicebus.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
