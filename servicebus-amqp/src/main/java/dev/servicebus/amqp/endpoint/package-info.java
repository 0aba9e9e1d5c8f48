/**
 * AMQP connections, sessions and links as both roles see them: contracts only, no engine.
 */
@NullMarked
package dev.servicebus.amqp.endpoint;

import org.jspecify.annotations.NullMarked;
