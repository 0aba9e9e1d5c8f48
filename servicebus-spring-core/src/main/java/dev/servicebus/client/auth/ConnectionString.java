package dev.servicebus.client.auth;

import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.servicebus.client.auth.ConnectionStringParser.Key;
import org.jspecify.annotations.Nullable;

/**
 * A parsed connection string, as the Azure portal shows it: an endpoint, and either the
 * name and value of a shared access key or a ready-made shared access signature.
 * Immutable.
 */
public final class ConnectionString {

	/**
	 * Host names of containers may hold underscores, which {@code java.net.URI} refuses.
	 */
	private static final Pattern ENDPOINT = Pattern
		.compile("(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?<host>\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)"
				+ "(?::(?<port>[0-9]{1,5}))?/?");

	private static final Set<String> SCHEMES = Set.of("sb", "amqp", "amqps", "http", "https");

	private final Map<Key, String> values;

	private final String host;

	private final OptionalInt port;

	private ConnectionString(Map<Key, String> values) {
		this.values = values;
		Matcher endpoint = endpoint(require(values, Key.ENDPOINT));
		this.host = endpoint.group("host").toLowerCase(Locale.ROOT);
		this.port = port(endpoint.group("port"));
		checkCredential(values);
		checkEmulatorFlag(values);
	}

	/**
	 * Parses a connection string.
	 * @throws InvalidConnectionStringException if a key is missing, unknown or there
	 * twice, contradicts another one, or has a value of the wrong form
	 */
	public static ConnectionString parse(String connectionString) {
		Objects.requireNonNull(connectionString, "connectionString");
		return new ConnectionString(ConnectionStringParser.parse(connectionString));
	}

	/**
	 * The host of the namespace, for example {@code contoso.servicebus.windows.net}.
	 */
	public String fullyQualifiedNamespace() {
		return this.host;
	}

	/**
	 * The port of the endpoint, empty if it names none.
	 */
	public OptionalInt port() {
		return this.port;
	}

	/**
	 * Returns whether the endpoint is an emulator, which is spoken to without TLS.
	 */
	public boolean isEmulator() {
		return Boolean.parseBoolean(this.values.get(Key.USE_DEVELOPMENT_EMULATOR));
	}

	/**
	 * The only entity for which the credential is valid, {@code null} if there is no such
	 * limit.
	 */
	public @Nullable String entityPath() {
		return this.values.get(Key.ENTITY_PATH);
	}

	/**
	 * The name of the shared access key, {@code null} with a ready-made signature.
	 */
	public @Nullable String sharedAccessKeyName() {
		return this.values.get(Key.SHARED_ACCESS_KEY_NAME);
	}

	/**
	 * Makes the provider of the tokens that this connection string permits.
	 * @param clock tells when tokens that are made here expire
	 */
	public TokenProvider tokenProvider(InstantSource clock) {
		String signature = this.values.get(Key.SHARED_ACCESS_SIGNATURE);
		if (signature != null) {
			return new SharedAccessSignatureCredential(signature);
		}
		return new SharedKeyCredential(require(this.values, Key.SHARED_ACCESS_KEY_NAME),
				require(this.values, Key.SHARED_ACCESS_KEY), clock);
	}

	/**
	 * Shows the connection string without its secrets.
	 */
	@Override
	public String toString() {
		StringBuilder text = new StringBuilder();
		this.values.forEach((key, value) -> text.append(text.isEmpty() ? "" : ";")
			.append(key.text)
			.append('=')
			.append(isSecret(key) ? "***" : value));
		return text.toString();
	}

	private static boolean isSecret(Key key) {
		return key == Key.SHARED_ACCESS_KEY || key == Key.SHARED_ACCESS_SIGNATURE;
	}

	private static String require(Map<Key, String> values, Key key) {
		String value = values.get(key);
		if (value == null) {
			throw new InvalidConnectionStringException(key.text, "is missing");
		}
		return value;
	}

	private static Matcher endpoint(String value) {
		Matcher matcher = ENDPOINT.matcher(value);
		if (!matcher.matches()) {
			throw new InvalidConnectionStringException(Key.ENDPOINT.text,
					"is not a URI of a namespace; expected sb://<host>[:<port>]");
		}
		if (!SCHEMES.contains(matcher.group("scheme").toLowerCase(Locale.ROOT))) {
			throw new InvalidConnectionStringException(Key.ENDPOINT.text, "has the wrong scheme; expected sb://");
		}
		return matcher;
	}

	private static OptionalInt port(@Nullable String text) {
		if (text == null) {
			return OptionalInt.empty();
		}
		int port = Integer.parseInt(text);
		if (port < 1 || port > 65535) {
			throw new InvalidConnectionStringException(Key.ENDPOINT.text,
					"has a port that does not exist; expected 1 to 65535");
		}
		return OptionalInt.of(port);
	}

	private static void checkCredential(Map<Key, String> values) {
		boolean hasName = values.containsKey(Key.SHARED_ACCESS_KEY_NAME);
		boolean hasKey = values.containsKey(Key.SHARED_ACCESS_KEY);
		String signature = values.get(Key.SHARED_ACCESS_SIGNATURE);
		if (signature != null) {
			if (hasName || hasKey) {
				throw new InvalidConnectionStringException(Key.SHARED_ACCESS_SIGNATURE.text,
						"contradicts 'SharedAccessKeyName' and 'SharedAccessKey'; expected either the signature or both of them");
			}
			checkSignature(signature);
			return;
		}
		if (!hasName && !hasKey) {
			throw new InvalidConnectionStringException(Key.SHARED_ACCESS_KEY.text,
					"is missing, as is 'SharedAccessSignature'; expected 'SharedAccessKeyName' and 'SharedAccessKey', or a signature");
		}
		if (!hasKey) {
			throw new InvalidConnectionStringException(Key.SHARED_ACCESS_KEY.text,
					"is missing; 'SharedAccessKeyName' needs it");
		}
		if (!hasName) {
			throw new InvalidConnectionStringException(Key.SHARED_ACCESS_KEY_NAME.text,
					"is missing; 'SharedAccessKey' needs it");
		}
	}

	private static void checkSignature(String signature) {
		try {
			new SharedAccessSignatureCredential(signature);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConnectionStringException(Key.SHARED_ACCESS_SIGNATURE.text,
					"is not usable: " + ex.getMessage());
		}
	}

	private static void checkEmulatorFlag(Map<Key, String> values) {
		String flag = values.get(Key.USE_DEVELOPMENT_EMULATOR);
		if (flag != null && !flag.equalsIgnoreCase("true") && !flag.equalsIgnoreCase("false")) {
			throw new InvalidConnectionStringException(Key.USE_DEVELOPMENT_EMULATOR.text,
					"is neither true nor false; expected one of them");
		}
	}

}
