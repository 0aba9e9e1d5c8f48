package dev.servicebus.client.amqp;

import java.util.Locale;

import dev.servicebus.client.InvalidSettingException;
import dev.servicebus.client.auth.ConnectionString;
import org.jspecify.annotations.Nullable;

/**
 * The part of a namespace for which a credential is valid. Immutable.
 *
 * @param entityPath the only entity, with what is below it; {@code null} for all
 */
record EntityScope(@Nullable String entityPath) {

	/**
	 * The scope that a builder and a connection string agree on.
	 */
	static EntityScope of(@Nullable String entityPath, @Nullable ConnectionString connectionString) {
		String ofConnectionString = (connectionString != null) ? connectionString.entityPath() : null;
		if (entityPath != null && ofConnectionString != null && !entityPath.equalsIgnoreCase(ofConnectionString)) {
			throw new InvalidSettingException("entityPath",
					"entityPath '" + entityPath + "' contradicts the EntityPath of the connection string, which is '"
							+ ofConnectionString + "'; set one of them");
		}
		return new EntityScope((entityPath != null) ? entityPath : ofConnectionString);
	}

	/**
	 * Refuses what the broker would refuse, and says why.
	 * @throws IllegalArgumentException if the path is not in scope
	 */
	void check(String path) {
		if (this.entityPath != null && !covers(this.entityPath.toLowerCase(Locale.ROOT), path)) {
			throw new IllegalArgumentException("The credential of this client is valid for the entity '"
					+ this.entityPath + "' only (EntityPath), not for '" + path + "'");
		}
	}

	private static boolean covers(String scope, String path) {
		String asked = path.toLowerCase(Locale.ROOT);
		return asked.equals(scope) || asked.startsWith(scope + '/');
	}

}
