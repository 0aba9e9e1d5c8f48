/**
 * The SASL mechanisms that Service Bus speaks, client and server half: ANONYMOUS, PLAIN,
 * EXTERNAL and MSSBCBS.
 */
@NullMarked
package dev.servicebus.amqp.sasl;

import org.jspecify.annotations.NullMarked;
