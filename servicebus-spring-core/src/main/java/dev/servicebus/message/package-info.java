/**
 * Service Bus messages: what is sent, what is received, and how both look on the wire.
 */
@NullMarked
package dev.servicebus.message;

import org.jspecify.annotations.NullMarked;
