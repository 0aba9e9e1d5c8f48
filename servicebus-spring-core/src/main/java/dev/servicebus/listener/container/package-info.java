/**
 * Listener containers: the parts a message passes on its way to a listener, each in a
 * class of its own, and the container that puts them together, starts and stops them.
 */
@NullMarked
package dev.servicebus.listener.container;

import org.jspecify.annotations.NullMarked;
