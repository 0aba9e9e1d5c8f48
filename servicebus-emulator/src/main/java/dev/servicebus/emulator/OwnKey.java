package dev.servicebus.emulator;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
	static AuthorizationRule rule(@Nullable Path file, Map<String, String> environment) {
		String key = (file != null) ? read(file) : environment.get(ENVIRONMENT_VARIABLE);
		if (key != null && key.isBlank()) {
			throw new StartException(((file != null) ? "--key-file " + file : ENVIRONMENT_VARIABLE) + " holds no key");
		}
		return AuthorizationRule.allRights(AccessControl.DEFAULT_RULE_NAME,
				(key != null) ? key : AccessControl.DEFAULT_KEY);
	}

	private static String read(Path file) {
		try {
			return Files.readString(file).strip();
		}
		catch (NoSuchFileException ex) {
			throw new StartException("--key-file " + file + ": there is no such file");
		}
		catch (CharacterCodingException ex) {
			throw new StartException("--key-file " + file + " is not a text in UTF-8");
		}
		catch (IOException ex) {
			throw new StartException("--key-file " + file + " cannot be read (" + ex + ")");
		}
	}

}
