package dev.servicebus.emulator.auth;

import java.time.Instant;
import java.util.EnumSet;

/**
 * Lets everybody do everything and looks at no key.
 */
public final class OpenAuthority implements Authority {

	private static final Grant EVERYTHING = new Grant("", EnumSet.allOf(Right.class), Instant.MAX, "anonymous");

	@Override
	public Grant onConnect() {
		return EVERYTHING;
	}

	@Override
	public Grant byToken(String token, String audience, Instant now) {
		return EVERYTHING;
	}

	@Override
	public Grant byKey(String ruleName, String key) {
		return EVERYTHING;
	}

}
