package dev.servicebus.boot.autoconfigure;

/**
 * It is not known where to connect to, or with which credential.
 */
class ConnectionNotConfiguredException extends RuntimeException {

	private final String action;

	private ConnectionNotConfiguredException(String description, String action) {
		super(description);
		this.action = action;
	}

	static ConnectionNotConfiguredException noConnection() {
		return new ConnectionNotConfiguredException(
				"The Service Bus client has nothing to connect to: no connection is configured, and no emulator runs"
						+ " in its place.",
				"""
						Do one of these:
						  - set 'servicebus.connection-string';
						  - set 'servicebus.namespace', to connect with Microsoft Entra ID;
						  - add the dependency 'dev.servicebus:servicebus-emulator' (and do not set \
						'servicebus.emulator.enabled' to false), to run without Azure.""");
	}

	static ConnectionNotConfiguredException noCredential(String namespace) {
		return new ConnectionNotConfiguredException(
				"There is no credential for the Service Bus namespace '" + namespace + "'.",
				"Add the dependency 'com.azure:azure-identity', define a bean of type"
						+ " 'dev.servicebus.client.auth.TokenProvider', or set 'servicebus.connection-string'"
						+ " instead of a namespace.");
	}

	String action() {
		return this.action;
	}

}
