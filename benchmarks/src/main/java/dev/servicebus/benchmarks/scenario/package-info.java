/**
 * What is compared, and between whom.
 */
@NullMarked
package dev.servicebus.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
