package dev.servicebus.amqp;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import dev.servicebus.amqp.type.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * How this side opens a connection, and the limits it sets for the peer. Immutable.
 *
 * @param containerId names this side; must not be blank
 * @param hostname the host to ask for in {@code open}, {@code null} on the accepting side
 * @param maxFrameSize the largest frame in bytes that is taken and sent, at least 512
 * @param maxSessions how many sessions the peer may begin, 1 to 65536
 * @param maxLinksPerSession how many links the peer may attach on one session
 * @param idleTimeout after how much silence the peer is given up, {@link Duration#ZERO}
 * for never; the peer is told half of it
 * @param openTimeout within which SASL and {@code open} must be through
 * @param closeTimeout how long an answer to {@code close} is waited for
 * @param properties what to tell the peer about this side
 */
public record ConnectionOptions(String containerId, @Nullable String hostname, int maxFrameSize, int maxSessions,
		int maxLinksPerSession, Duration idleTimeout, Duration openTimeout, Duration closeTimeout,
		Map<Symbol, Object> properties) {

	/** 64 KiB, what the service's own clients use. */
	public static final int DEFAULT_MAX_FRAME_SIZE = 64 * 1024;

	public static final int DEFAULT_MAX_SESSIONS = 256;

	/** What the service allows on one connection. */
	public static final int DEFAULT_MAX_LINKS_PER_SESSION = 4999;

	public static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofSeconds(60);

	public static final Duration DEFAULT_OPEN_TIMEOUT = Duration.ofSeconds(10);

	public static final Duration DEFAULT_CLOSE_TIMEOUT = Duration.ofSeconds(5);

	private static final int MIN_FRAME_SIZE = 512;

	public ConnectionOptions {
		Objects.requireNonNull(containerId, "containerId");
		if (containerId.isBlank()) {
			throw new IllegalArgumentException("containerId must not be blank");
		}
		requireAtLeast("maxFrameSize", maxFrameSize, MIN_FRAME_SIZE);
		requireAtLeast("maxSessions", maxSessions, 1);
		if (maxSessions > 65536) {
			throw new IllegalArgumentException("maxSessions must be at most 65536 but is " + maxSessions);
		}
		requireAtLeast("maxLinksPerSession", maxLinksPerSession, 1);
		requireNotNegative("idleTimeout", idleTimeout);
		requireNotNegative("openTimeout", openTimeout);
		requireNotNegative("closeTimeout", closeTimeout);
		properties = Map.copyOf(properties);
	}

	/**
	 * The defaults for a connection of this name.
	 */
	public static ConnectionOptions of(String containerId) {
		return new ConnectionOptions(containerId, null, DEFAULT_MAX_FRAME_SIZE, DEFAULT_MAX_SESSIONS,
				DEFAULT_MAX_LINKS_PER_SESSION, DEFAULT_IDLE_TIMEOUT, DEFAULT_OPEN_TIMEOUT, DEFAULT_CLOSE_TIMEOUT,
				Map.of());
	}

	public ConnectionOptions withHostname(String newHostname) {
		return new ConnectionOptions(this.containerId, newHostname, this.maxFrameSize, this.maxSessions,
				this.maxLinksPerSession, this.idleTimeout, this.openTimeout, this.closeTimeout, this.properties);
	}

	public ConnectionOptions withMaxFrameSize(int newMaxFrameSize) {
		return new ConnectionOptions(this.containerId, this.hostname, newMaxFrameSize, this.maxSessions,
				this.maxLinksPerSession, this.idleTimeout, this.openTimeout, this.closeTimeout, this.properties);
	}

	public ConnectionOptions withIdleTimeout(Duration newIdleTimeout) {
		return new ConnectionOptions(this.containerId, this.hostname, this.maxFrameSize, this.maxSessions,
				this.maxLinksPerSession, newIdleTimeout, this.openTimeout, this.closeTimeout, this.properties);
	}

	public ConnectionOptions withOpenTimeout(Duration newOpenTimeout) {
		return new ConnectionOptions(this.containerId, this.hostname, this.maxFrameSize, this.maxSessions,
				this.maxLinksPerSession, this.idleTimeout, newOpenTimeout, this.closeTimeout, this.properties);
	}

	public ConnectionOptions withProperties(Map<Symbol, Object> newProperties) {
		return new ConnectionOptions(this.containerId, this.hostname, this.maxFrameSize, this.maxSessions,
				this.maxLinksPerSession, this.idleTimeout, this.openTimeout, this.closeTimeout, newProperties);
	}

	private static void requireAtLeast(String name, int value, int minimum) {
		if (value < minimum) {
			throw new IllegalArgumentException(name + " must be at least " + minimum + " but is " + value);
		}
	}

	private static void requireNotNegative(String name, Duration value) {
		Objects.requireNonNull(value, name);
		if (value.isNegative()) {
			throw new IllegalArgumentException(name + " must not be negative but is " + value);
		}
	}

}
