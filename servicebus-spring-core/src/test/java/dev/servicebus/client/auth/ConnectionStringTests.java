package dev.servicebus.client.auth;

import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class ConnectionStringTests {

	/** Has to stay out of every message and every toString. */
	private static final String SECRET = "c2VjcmV0LWNhbmFyeQ/+==";

	private static final String KEY = "SharedAccessKeyName=sender;SharedAccessKey=" + SECRET;

	private static final String SIGNATURE = "SharedAccessSignature sr=sb%3A%2F%2Fx&sig=" + "c2VjcmV0LWNhbmFyeQ"
			+ "&se=1700003600&skn=sender";

	private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1700000000));

	@Test
	void readsWhatThePortalShows() {
		ConnectionString parsed = ConnectionString
			.parse("Endpoint=sb://Contoso.servicebus.windows.net/;" + KEY + ";EntityPath=orders");
		assertThat(parsed.fullyQualifiedNamespace()).isEqualTo("contoso.servicebus.windows.net");
		assertThat(parsed.port()).isEmpty();
		assertThat(parsed.entityPath()).isEqualTo("orders");
		assertThat(parsed.sharedAccessKeyName()).isEqualTo("sender");
		assertThat(parsed.isEmulator()).isFalse();
	}

	@Test
	void readsAnEmulatorWithItsPort() {
		ConnectionString parsed = ConnectionString
			.parse(" endpoint = sb://localhost:5672 ; " + KEY + ";; USEDEVELOPMENTEMULATOR=True;");
		assertThat(parsed.isEmulator()).isTrue();
		assertThat(parsed.port()).isEqualTo(OptionalInt.of(5672));
		assertThat(parsed.entityPath()).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "sb://service_bus:5672, service_bus", "sb://[::1]:5672, [::1]", "amqp://127.0.0.1, 127.0.0.1" })
	void readsTheHostsOfContainersAndAddresses(String endpoint, String host) {
		assertThat(ConnectionString.parse("Endpoint=" + endpoint + ";" + KEY).fullyQualifiedNamespace())
			.isEqualTo(host);
	}

	@Test
	void keyEndsAtTheFirstEqualsSign() {
		TokenProvider provider = ConnectionString.parse("Endpoint=sb://localhost;" + KEY).tokenProvider(CLOCK);
		AccessToken expected = new SharedKeyCredential("sender", SECRET, CLOCK).token("amqp://localhost/q")
			.toCompletableFuture()
			.join();
		assertThat(provider.token("amqp://localhost/q")).isCompletedWithValue(expected);
	}

	@Test
	void signatureIsHandedOutAsItIs() {
		ConnectionString parsed = ConnectionString.parse("Endpoint=sb://localhost;SharedAccessSignature=" + SIGNATURE);
		assertThat(parsed.sharedAccessKeyName()).isNull();
		assertThat(parsed.tokenProvider(CLOCK).token("anything"))
			.isCompletedWithValue(new AccessToken(SIGNATURE, AccessToken.SAS, Instant.ofEpochSecond(1700003600)));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { // key at fault | connection string | part of
											// the message
			"Endpoint | " + KEY + " | is missing", //
			"Endpoint | Endpoint=;" + KEY + " | has no value", //
			"Endpoint | Endpoint=not a uri;" + KEY + " | is not a URI of a namespace; expected sb://<host>",
			"Endpoint | Endpoint=localhost:5672;" + KEY + " | is not a URI of a namespace",
			"Endpoint | Endpoint=sb://user:password@host;" + KEY + " | is not a URI of a namespace",
			"Endpoint | Endpoint=sb://host/path;" + KEY + " | is not a URI of a namespace",
			"Endpoint | Endpoint=ftp://localhost;" + KEY + " | has the wrong scheme; expected sb://",
			"Endpoint | Endpoint=sb://localhost:99999;" + KEY + " | expected 1 to 65535",
			"Endpoint | Endpoint=sb://a;Endpoint=sb://b;" + KEY + " | is there twice",
			"SharedAccessKey | Endpoint=sb://localhost | is missing, as is 'SharedAccessSignature'",
			"SharedAccessKey | Endpoint=sb://localhost;SharedAccessKeyName=sender | is missing; 'SharedAccessKeyName'",
			"SharedAccessKeyName | Endpoint=sb://localhost;SharedAccessKey=" + SECRET + " | is missing",
			"SharedAccessKey | Endpoint=sb://localhost;" + KEY + ";sharedaccesskey=" + SECRET + " | is there twice",
			"SharedAccessSignature | Endpoint=sb://localhost;" + KEY + ";SharedAccessSignature=" + SIGNATURE
					+ " | contradicts 'SharedAccessKeyName' and 'SharedAccessKey'",
			"SharedAccessSignature | Endpoint=sb://localhost;SharedAccessSignature=" + SECRET
					+ " | must begin with 'SharedAccessSignature '",
			"SharedAccessSignature | Endpoint=sb://localhost;SharedAccessSignature=SharedAccessSignature sr=a&sig="
					+ SECRET + " | must have the field 'se'",
			"SharedAccessSignature | Endpoint=sb://localhost;SharedAccessSignature=SharedAccessSignature sr=a&sig="
					+ SECRET + "&se=soon | in seconds since 1970",
			"UseDevelopmentEmulator | Endpoint=sb://localhost;" + KEY
					+ ";UseDevelopmentEmulator=yes | is neither true nor false",
			"TransportType | Endpoint=sb://localhost;" + KEY
					+ ";TransportType=Amqp | is not a known key; expected one of "
					+ "Endpoint, SharedAccessKeyName, SharedAccessKey" })
	void refusalNamesTheKeyAndNotTheSecret(String key, String connectionString, String message) {
		InvalidConnectionStringException refusal = refusal(connectionString);
		assertThat(refusal.key()).isEqualTo(key);
		assertThat(refusal).hasMessageStartingWith("Invalid Service Bus connection string: '" + key + "' ")
			.hasMessageContaining(message)
			.hasNoCause();
		assertThat(refusal.getMessage()).doesNotContain(SECRET, "c2Vjcm", "password");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ";;", "   " })
	void emptyStringIsRefused(String connectionString) {
		assertThat(refusal(connectionString)).hasMessageContaining("is empty; expected Endpoint=sb://");
	}

	@ParameterizedTest
	@ValueSource(strings = { SECRET, "Endpoint=sb://localhost;" + SECRET, "c2VjcmV0LWNhbmFyeQ" })
	void pastedSecretIsNotShownAsAnUnknownKey(String connectionString) {
		InvalidConnectionStringException refusal = refusal(connectionString);
		assertThat(refusal.key()).isNull();
		assertThat(refusal.getMessage()).contains("part ").doesNotContain("c2Vjcm");
	}

	@Test
	void textLeavesSecretsOut() {
		assertThat(ConnectionString.parse("Endpoint=sb://localhost;" + KEY))
			.hasToString("Endpoint=sb://localhost;SharedAccessKeyName=sender;SharedAccessKey=***");
		assertThat(ConnectionString.parse("Endpoint=sb://localhost;SharedAccessSignature=" + SIGNATURE))
			.hasToString("Endpoint=sb://localhost;SharedAccessSignature=***");
	}

	@Test
	void nullIsNotAConnectionString() {
		assertThatExceptionOfType(NullPointerException.class).isThrownBy(() -> ConnectionString.parse(null));
	}

	private static InvalidConnectionStringException refusal(String connectionString) {
		return catchThrowableOfType(InvalidConnectionStringException.class,
				() -> ConnectionString.parse(connectionString));
	}

}
