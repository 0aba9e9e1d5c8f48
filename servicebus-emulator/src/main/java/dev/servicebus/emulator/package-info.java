/**
 * The emulator as a Java object: an Azure Service Bus namespace inside this process, with
 * a clock that can be moved and a view into its queues.
 */
@NullMarked
package dev.servicebus.emulator;

import org.jspecify.annotations.NullMarked;
