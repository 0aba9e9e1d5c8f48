/**
 * Requests and responses over links: a request arrives on one link, its response leaves
 * on another. Also how refusals of the broker are said on the wire.
 */
@NullMarked
package dev.servicebus.emulator.amqp.request;

import org.jspecify.annotations.NullMarked;
