/**
 * When a failed operation is tried again: options, and the schedule that spring-retry's
 * policies make of them.
 */
@NullMarked
package dev.servicebus.client.retry;

import org.jspecify.annotations.NullMarked;
