package dev.servicebus.amqp.endpoint;

import java.time.Duration;
import java.util.Map;

import dev.servicebus.amqp.type.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * The peer's {@code open} (AMQP 1.0 section 2.7.1). Immutable.
 *
 * @param containerId names the peer
 * @param hostname the host the peer believes to talk to, if it said so
 * @param maxFrameSize the largest frame in bytes that the peer takes
 * @param idleTimeout after which silence the peer gives up, {@link Duration#ZERO} for
 * never
 * @param properties what the peer tells of itself
 */
public record PeerOpen(String containerId, @Nullable String hostname, long maxFrameSize, Duration idleTimeout,
		Map<Symbol, Object> properties) {

}
