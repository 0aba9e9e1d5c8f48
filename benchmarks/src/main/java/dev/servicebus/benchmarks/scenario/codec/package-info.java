/**
 * Messages turned into bytes and back, without any broker.
 */
@NullMarked
package dev.servicebus.benchmarks.scenario.codec;

import org.jspecify.annotations.NullMarked;
