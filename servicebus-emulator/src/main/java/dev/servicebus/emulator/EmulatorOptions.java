package dev.servicebus.emulator;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.servicebus.amqp.transport.Network;
import dev.servicebus.emulator.amqp.Authority;
import dev.servicebus.emulator.amqp.OpenAuthority;
import dev.servicebus.emulator.amqp.VerifyingAuthority;
import dev.servicebus.emulator.auth.AccessControl;
import dev.servicebus.emulator.auth.AuthorizationRule;
import dev.servicebus.emulator.auth.TokenVerifier;
import dev.servicebus.emulator.delivery.LockTokens;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.entity.NamespaceOptions;
import org.jspecify.annotations.Nullable;

/**
 * How an emulator is. Immutable.
 *
 * @param host the address to listen on
 * @param port the port, 0 for a free one
 * @param namespace how the namespace behaves
 * @param queues the queues to begin with; without options they get the default ones
 * @param defaultRule the rule that the connection string carries
 * @param accessControl the authorization rules
 * @param access whether they matter
 * @param network where connections come from, {@code null} for sockets of its own
 * @param clock the time to start from, {@code null} for the clock of the network
 * @param lockTokens names the locks
 */
record EmulatorOptions(String host, int port, NamespaceOptions namespace, Map<String, @Nullable EntityOptions> queues,
		AuthorizationRule defaultRule, AccessControl accessControl, Access access, @Nullable Network network,
		@Nullable InstantSource clock, LockTokens lockTokens) {

	EmulatorOptions {
		queues = Collections.unmodifiableMap(new LinkedHashMap<>(queues));
		if ((access == Access.ANONYMOUS || accessControl.acceptsDefaultKey()) && !isLoopback(host)) {
			throw new IllegalArgumentException("An emulator on '" + host + "' can be reached by others. It needs"
					+ " authorization rules with keys of your own, and no anonymous access.");
		}
	}

	Authority authority() {
		return (this.access == Access.ANONYMOUS) ? new OpenAuthority()
				: new VerifyingAuthority(new TokenVerifier(this.accessControl));
	}

	EntityOptions queueOptions(String path) {
		EntityOptions queueOptions = this.queues.get(path);
		return (queueOptions != null) ? queueOptions : this.namespace.defaultOptions();
	}

	/**
	 * The host by which clients on this machine find the emulator.
	 */
	String clientHost() {
		if (isLoopback(this.host) || isEveryAddress(this.host)) {
			return "localhost";
		}
		return this.host.contains(":") ? "[" + this.host + "]" : this.host;
	}

	private static boolean isLoopback(String host) {
		return address(host).isLoopbackAddress();
	}

	private static boolean isEveryAddress(String host) {
		return address(host).isAnyLocalAddress();
	}

	private static InetAddress address(String host) {
		try {
			return InetAddress.getByName(host);
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException("The host '" + host + "' is not known.", ex);
		}
	}

	/**
	 * Who is let in.
	 */
	enum Access {

		/** Who shows a key. */
		VERIFIED,

		/** Everybody. */
		ANONYMOUS

	}

}
