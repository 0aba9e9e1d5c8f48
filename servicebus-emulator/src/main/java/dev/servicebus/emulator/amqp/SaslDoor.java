package dev.servicebus.emulator.amqp;

import java.util.List;

import dev.servicebus.amqp.sasl.Mechanisms;
import dev.servicebus.amqp.sasl.PlainResponse;
import dev.servicebus.amqp.sasl.SaslAuthenticator;
import dev.servicebus.amqp.sasl.SaslIdentity;
import dev.servicebus.emulator.auth.Authority;
import dev.servicebus.emulator.auth.Grant;
import dev.servicebus.emulator.auth.TokenRefusedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SASL of one connection. Only {@code PLAIN} proves anything; who chooses another
 * mechanism has to show a token afterwards.
 */
final class SaslDoor implements SaslAuthenticator {

	private static final Logger logger = LoggerFactory.getLogger(SaslDoor.class);

	private static final List<String> MECHANISMS = List.of(Mechanisms.MSSBCBS, Mechanisms.PLAIN, Mechanisms.ANONYMOUS,
			Mechanisms.EXTERNAL);

	private final Authority authority;

	private final Grants grants;

	SaslDoor(Authority authority, Grants grants) {
		this.authority = authority;
		this.grants = grants;
	}

	@Override
	public List<String> mechanisms() {
		return MECHANISMS;
	}

	@Override
	public @Nullable SaslIdentity authenticate(String mechanism, byte[] response) {
		return switch (mechanism) {
			case Mechanisms.PLAIN -> authenticatePlain(PlainResponse.parse(response));
			case Mechanisms.ANONYMOUS, Mechanisms.MSSBCBS, Mechanisms.EXTERNAL -> {
				keep(this.authority.onConnect());
				yield new SaslIdentity(mechanism, null);
			}
			default -> null;
		};
	}

	private @Nullable SaslIdentity authenticatePlain(@Nullable PlainResponse credentials) {
		if (credentials == null) {
			return null;
		}
		try {
			keep(this.authority.byKey(credentials.user(), credentials.password()));
			return new SaslIdentity(Mechanisms.PLAIN, credentials.user());
		}
		catch (TokenRefusedException ex) {
			logger.debug("SASL PLAIN is refused: {}", ex.getMessage());
			return null;
		}
	}

	private void keep(@Nullable Grant grant) {
		if (grant != null) {
			this.grants.put("sasl", grant);
		}
	}

}
