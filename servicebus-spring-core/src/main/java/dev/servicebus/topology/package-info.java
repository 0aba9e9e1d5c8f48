/**
 * The entities that an application needs, as values: whether they are there, and making
 * those that are not. Knows nothing of Spring.
 */
@NullMarked
package dev.servicebus.topology;

import org.jspecify.annotations.NullMarked;
