/**
 * What an application and a listener container agree on: listeners, outcomes, options.
 * The containers themselves are in {@link dev.servicebus.listener.container}.
 */
@NullMarked
package dev.servicebus.listener;

import org.jspecify.annotations.NullMarked;
