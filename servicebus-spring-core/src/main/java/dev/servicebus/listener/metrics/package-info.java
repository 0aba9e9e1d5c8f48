/**
 * What happens to listener containers, counted in meters of Micrometer.
 */
@NullMarked
package dev.servicebus.listener.metrics;

import org.jspecify.annotations.NullMarked;
