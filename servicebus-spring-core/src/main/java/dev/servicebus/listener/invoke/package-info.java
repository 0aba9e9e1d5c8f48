/**
 * Methods of beans as listeners: arguments from messages, and what results mean.
 */
@NullMarked
package dev.servicebus.listener.invoke;

import org.jspecify.annotations.NullMarked;
