/**
 * What happens to listener containers, as events of the application context.
 */
@NullMarked
package dev.servicebus.listener.event;

import org.jspecify.annotations.NullMarked;
