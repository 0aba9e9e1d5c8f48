/**
 * The clients that are compared, behind one interface so that all of them do the same
 * work.
 */
@NullMarked
package dev.servicebus.benchmarks.contender;

import org.jspecify.annotations.NullMarked;
