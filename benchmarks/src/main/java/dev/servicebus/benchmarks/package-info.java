/**
 * Compares this project's client with others, from the command line.
 */
@NullMarked
package dev.servicebus.benchmarks;

import org.jspecify.annotations.NullMarked;
