/**
 * A network and a clock in which whole clients and brokers run on one thread, in virtual
 * time and repeatably from a seed: test equipment, also for applications.
 */
@NullMarked
package dev.servicebus.amqp.simulation;

import org.jspecify.annotations.NullMarked;
