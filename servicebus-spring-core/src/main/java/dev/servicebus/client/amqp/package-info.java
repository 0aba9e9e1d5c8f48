/**
 * The client on AMQP: implements the contracts of {@link dev.servicebus.client}. The one
 * public class is {@link dev.servicebus.client.amqp.ServiceBusClient}. State is confined
 * to the event loop of the client's connection; methods that programs call hand over to
 * it.
 */
@NullMarked
package dev.servicebus.client.amqp;

import org.jspecify.annotations.NullMarked;
