package dev.servicebus.emulator;

import java.time.InstantSource;

import dev.servicebus.emulator.auth.AccessControl;
import dev.servicebus.emulator.auth.AccessRules;
import dev.servicebus.emulator.auth.Authority;
import dev.servicebus.emulator.auth.AuthorizationRule;
import dev.servicebus.emulator.auth.JwtTrust;
import dev.servicebus.emulator.auth.OpenAuthority;
import dev.servicebus.emulator.auth.TokenVerifier;
import dev.servicebus.emulator.auth.VerifyingAuthority;
import dev.servicebus.emulator.delivery.LockTokens;
import dev.servicebus.emulator.entity.NamespaceOptions;
import org.jspecify.annotations.Nullable;

/**
 * How an emulator is. Immutable.
 *
 * @param endpoint where it listens
 * @param namespace how the namespace behaves
 * @param content the entities to begin with
 * @param defaultRule the rule that the connection string carries
 * @param accessControl the authorization rules
 * @param jwtTrust which JSON Web Tokens are believed, too; {@code null} for none
 * @param access whether they matter
 * @param clock the time to start from, {@code null} for the clock of the network
 * @param lockTokens names the locks
 */
record EmulatorOptions(EndpointOptions endpoint, NamespaceOptions namespace, NamespaceContent content,
		AuthorizationRule defaultRule, AccessControl accessControl, @Nullable JwtTrust jwtTrust, Access access,
		@Nullable InstantSource clock, LockTokens lockTokens) {

	EmulatorOptions {
		if ((access == Access.ANONYMOUS || accessControl.acceptsDefaultKey()) && !endpoint.isLoopback()) {
			throw new IllegalArgumentException(
					"An emulator on '" + endpoint.host() + "' can be reached by others. It needs"
							+ " authorization rules with keys of your own, and no anonymous access.");
		}
	}

	Authority authority(AccessRules accessRules) {
		return (this.access == Access.ANONYMOUS) ? new OpenAuthority()
				: new VerifyingAuthority(new TokenVerifier(accessRules, this.jwtTrust));
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
