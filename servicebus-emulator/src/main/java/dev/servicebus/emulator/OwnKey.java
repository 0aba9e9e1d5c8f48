package dev.servicebus.emulator;

import java.util.Map;

import dev.servicebus.emulator.auth.AccessControl;
import dev.servicebus.emulator.auth.AuthorizationRule;
import org.jspecify.annotations.Nullable;

/**
 * The key that the user chose. It comes from a file or from the environment and never
 * from the command line, which every user of a machine can see.
 */
final class OwnKey {

	static final String ENVIRONMENT_VARIABLE = "SERVICEBUS_EMULATOR_KEY";

	private OwnKey() {
	}

	/**
	 * Returns the rule that clients use, with the user's key if there is one.
	 * @throws StartException if there is a file and no key in it
	 */
	static AuthorizationRule rule(@Nullable OptionFile file, Map<String, String> environment) {
		String key = (file != null) ? file.text() : environment.get(ENVIRONMENT_VARIABLE);
		if (key != null && key.isBlank()) {
			throw (file != null) ? file.failure(" holds no key")
					: new StartException(ENVIRONMENT_VARIABLE + " holds no key");
		}
		return AuthorizationRule.allRights(AccessControl.DEFAULT_RULE_NAME,
				(key != null) ? key : AccessControl.DEFAULT_KEY);
	}

}
