/**
 * The pure arithmetic of links: credit windows and disposition ranges. No I/O, no clock,
 * no threads.
 */
@NullMarked
package dev.servicebus.amqp.flow;

import org.jspecify.annotations.NullMarked;
