package dev.servicebus.emulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Map;

import dev.servicebus.amqp.transport.BindFailedException;
import dev.servicebus.amqp.transport.tls.ServerTls;
import dev.servicebus.emulator.config.ConfigException;
import dev.servicebus.emulator.rule.Rule;
import dev.servicebus.emulator.rule.SqlFilter;
import dev.servicebus.emulator.rule.SqlRuleAction;
import dev.servicebus.emulator.rule.TrueFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(60)
class StandaloneEmulatorTests {

	private static final String TOPIC = """
			{"UserConfig": {"Namespaces": [{"Name": "ns", "Topics": [{"Name": "events", "Subscriptions": [
			  {"Name": "red", "Rules": [{"Name": "color", "Properties": {
			    "FilterType": "Sql", "SqlFilter": {"SqlExpression": "color = 'red'"},
			    "Action": {"SqlExpression": "SET seen = true"}}}]},
			  {"Name": "all"}]}]}]}}""";

	@TempDir
	private Path directory;

	@Test
	void takenPortIsNamed() throws IOException {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			String port = String.valueOf(taken.getLocalPort());

			assertThatExceptionOfType(BindFailedException.class)
				.isThrownBy(() -> start(Map.of(), "--amqp-port", port, "--http-port", "0"))
				.withMessageContaining(":" + port);
			assertThatExceptionOfType(BindFailedException.class)
				.isThrownBy(() -> start(Map.of(), "--amqp-port", "0", "--http-port", port))
				.withMessageContaining(":" + port);
		}
	}

	@Test
	void failedStartGivesItsPortsBack() throws IOException {
		int free;
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			free = other.getLocalPort();
			other.close();
			assertThatExceptionOfType(BindFailedException.class).isThrownBy(() -> start(Map.of(), "--amqp-port",
					String.valueOf(free), "--http-port", String.valueOf(taken.getLocalPort())));
		}
		try (StandaloneEmulator emulator = start(Map.of(), "--amqp-port", String.valueOf(free), "--http-port", "0")) {
			assertThat(emulator.amqpPort()).isEqualTo(free);
		}
	}

	@Test
	void entitiesOfTheConfigurationExistWithTheirRules() throws IOException {
		Path config = Files.writeString(this.directory.resolve("config.json"), TOPIC);

		try (StandaloneEmulator emulator = start(Map.of(), "--config", config.toString(), "--amqp-port=0",
				"--http-port=0")) {
			TopicView topic = emulator.broker().topic("events");
			assertThat(topic.subscriptions()).containsExactly("all", "red");
			assertThat(topic.subscription("all").rules()).extracting(Rule::filter).containsExactly(new TrueFilter());
			assertThat(topic.subscription("red").rules()).singleElement().satisfies((rule) -> {
				assertThat(rule.name()).isEqualTo("color");
				assertThat(rule.filter()).isEqualTo(SqlFilter.parse("color = 'red'"));
				assertThat(rule.action()).isEqualTo(SqlRuleAction.parse("SET seen = true"));
			});
		}
	}

	@Test
	void brokenConfigurationIsRefused() throws IOException {
		Path config = Files.writeString(this.directory.resolve("config.json"), "{}");

		assertThatExceptionOfType(ConfigException.class)
			.isThrownBy(() -> start(Map.of(), "--config", config.toString()))
			.withMessage(config + ": the field 'UserConfig' is missing");
	}

	@Test
	void hostForOthersNeedsAKeyOfItsOwn() throws IOException {
		assertThatExceptionOfType(StartException.class)
			.isThrownBy(() -> start(Map.of(), "--host=0.0.0.0", "--amqp-port=0", "--http-port=0"))
			.withMessageStartingWith("--host: ")
			.withMessageEndingWith("See --help about keys.");
		assertThatExceptionOfType(StartException.class)
			.isThrownBy(() -> start(Map.of(OwnKey.ENVIRONMENT_VARIABLE, "SAS_KEY_VALUE"), "--host=0.0.0.0",
					"--amqp-port=0", "--http-port=0"));
		start(Map.of(OwnKey.ENVIRONMENT_VARIABLE, "my own"), "--host=0.0.0.0", "--amqp-port=0", "--http-port=0")
			.close();
		Path key = Files.writeString(this.directory.resolve("key"), "my own\n");
		start(Map.of(), "--host=0.0.0.0", "--amqp-port=0", "--http-port=0", "--key-file", key.toString()).close();
	}

	@Test
	void unknownHostIsNamed() {
		assertThatExceptionOfType(StartException.class).isThrownBy(() -> start(Map.of(), "--host=no.such.host.invalid"))
			.withMessageContaining("no.such.host.invalid");
	}

	@Test
	void keyComesFromTheFileRatherThanTheEnvironment() throws IOException {
		Path file = Files.writeString(this.directory.resolve("key"), " from file \n");
		Map<String, String> environment = Map.of(OwnKey.ENVIRONMENT_VARIABLE, "from environment");

		assertThat(OwnKey.rule(keyFile(file), environment).primaryKey()).isEqualTo("from file");
		assertThat(OwnKey.rule(null, environment).primaryKey()).isEqualTo("from environment");
		assertThat(OwnKey.rule(null, Map.of()).primaryKey()).isEqualTo("SAS_KEY_VALUE");
	}

	@Test
	void keyFileWithoutAKeyIsRefused() throws IOException {
		Path empty = Files.writeString(this.directory.resolve("empty"), "\n");
		Path binary = Files.write(this.directory.resolve("binary"), new byte[] { (byte) 0xFF, (byte) 0xFE });
		Path missing = this.directory.resolve("missing");

		assertThatExceptionOfType(StartException.class).isThrownBy(() -> OwnKey.rule(keyFile(empty), Map.of()))
			.withMessage("--key-file " + empty + " holds no key");
		assertThatExceptionOfType(StartException.class).isThrownBy(() -> OwnKey.rule(keyFile(binary), Map.of()))
			.withMessage("--key-file " + binary + " is not a text in UTF-8");
		assertThatExceptionOfType(StartException.class).isThrownBy(() -> OwnKey.rule(keyFile(missing), Map.of()))
			.withMessage("--key-file " + missing + ": there is no such file");
		assertThatExceptionOfType(StartException.class)
			.isThrownBy(() -> OwnKey.rule(null, Map.of(OwnKey.ENVIRONMENT_VARIABLE, "")))
			.withMessage(OwnKey.ENVIRONMENT_VARIABLE + " holds no key");
	}

	@Test
	void keyOfJsonWebTokensIsASecretOrAPublicKey() throws Exception {
		KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
		byte[] rsa = generator.generateKeyPair().getPublic().getEncoded();
		byte[] ec = KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic().getEncoded();

		assertThat(JwtKey.read(null)).isNull();
		assertThat(JwtKey.read(jwtKey("a secret that has thirty-two bytes"))).asString().contains("HS256");
		assertThat(JwtKey.read(jwtKey(publicKey(rsa)))).asString().contains("RS256");
		assertThatExceptionOfType(StartException.class)
			.isThrownBy(() -> JwtKey.read(jwtKey(ServerTls.selfSigned().certificatePem())))
			.withMessageEndingWith(" holds a key for EC and not for RSA");
		assertThatExceptionOfType(StartException.class).isThrownBy(() -> JwtKey.read(jwtKey(publicKey(ec))))
			.withMessageEndingWith("holds no RSA key in PEM that can be read");
		assertThatExceptionOfType(StartException.class).isThrownBy(() -> JwtKey.read(jwtKey("too short")))
			.withMessageContaining("--jwt-key ")
			.withMessageEndingWith(": The secret must have at least 32 bytes but has 9");
	}

	private OptionFile jwtKey(String text) throws IOException {
		return new OptionFile("--jwt-key", Files.writeString(this.directory.resolve("jwt"), text));
	}

	private static String publicKey(byte[] encoded) {
		return "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(encoded)
				+ "\n-----END PUBLIC KEY-----\n";
	}

	private static OptionFile keyFile(Path path) {
		return new OptionFile("--key-file", path);
	}

	private static StandaloneEmulator start(Map<String, String> environment, String... arguments) {
		return StandaloneEmulator.start(CommandLine.parse(arguments), environment);
	}

}
