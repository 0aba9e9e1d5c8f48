/**
 * The Service Bus client: senders, receivers and message sources that survive the loss of
 * their link or connection. Free of Spring.
 */
@NullMarked
package dev.servicebus.client;

import org.jspecify.annotations.NullMarked;
