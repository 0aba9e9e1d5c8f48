/**
 * A small shop: orders come in over HTTP, wait in a queue, and are handled by a listener.
 */
@NullMarked
package dev.servicebus.samples.orders;

import org.jspecify.annotations.NullMarked;
