/**
 * What the clients have to do, and the checks that they have done it.
 */
@NullMarked
package dev.servicebus.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
