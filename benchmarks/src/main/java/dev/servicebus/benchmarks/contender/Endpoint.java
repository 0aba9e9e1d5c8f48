package dev.servicebus.benchmarks.contender;

/**
 * Where an emulator is, and the key that it takes.
 *
 * @param port its port on this machine
 * @param keyName the name of the key, or of the user
 * @param key the key, or the password
 */
public record Endpoint(int port, String keyName, String key) {

	static final String HOST = "localhost";

	/**
	 * The form that clients of Service Bus read.
	 */
	public String connectionString() {
		return "Endpoint=sb://" + HOST + ":" + this.port + ";SharedAccessKeyName=" + this.keyName + ";SharedAccessKey="
				+ this.key + ";UseDevelopmentEmulator=true";
	}

}
