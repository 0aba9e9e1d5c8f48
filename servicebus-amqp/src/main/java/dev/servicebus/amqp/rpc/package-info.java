/**
 * Request and response over a pair of links, as nodes such as {@code $cbs} and
 * {@code $management} speak it: the asking half.
 */
@NullMarked
package dev.servicebus.amqp.rpc;

import org.jspecify.annotations.NullMarked;
