package dev.servicebus.emulator;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Certificates as users bring them: made by the JDK's tool.
 */
@Timeout(60)
class TlsFilesTests {

	private static final String PASSWORD = "changeit";

	@TempDir
	private static Path directory;

	private static Path keyStore;

	@BeforeAll
	static void makeKeyStore() throws Exception {
		keyStore = directory.resolve("own.p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "own", "-keyalg", "RSA", "-keysize", "2048", "-dname", "CN=localhost", "-ext",
				"san=dns:localhost", "-validity", "10", "-storetype", "PKCS12", "-keystore", keyStore.toString(),
				"-storepass", PASSWORD)
			.redirectErrorStream(true)
			.start();
		assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(keytool.exitValue()).isZero();
	}

	@Test
	void keyStoreIsOpenedWithThePasswordOfTheFileOrTheEnvironment() throws Exception {
		Path password = Files.writeString(directory.resolve("password"), PASSWORD + "\n");

		assertServed(Map.of(), "--tls-keystore", keyStore.toString(), "--tls-password-file", password.toString());
		assertServed(Map.of(TlsFiles.PASSWORD_VARIABLE, PASSWORD), "--tls-keystore", keyStore.toString());
	}

	@Test
	void certificateAndKeyAreReadFromPem() throws Exception {
		KeyStore keys = KeyStore.getInstance(keyStore.toFile(), PASSWORD.toCharArray());
		Path certificate = Files.writeString(directory.resolve("cert.pem"),
				pem("CERTIFICATE", keys.getCertificate("own").getEncoded()));
		Path key = Files.writeString(directory.resolve("key.pem"),
				pem("PRIVATE KEY", keys.getKey("own", PASSWORD.toCharArray()).getEncoded()));

		assertServed(Map.of(), "--tls-cert", certificate.toString(), "--tls-key", key.toString());
	}

	@Test
	void madeCertificateIsServed() throws Exception {
		assertServed(Map.of());
	}

	@Test
	void filesThatCannotBeUsedAreNamed() throws Exception {
		Path empty = Files.createFile(directory.resolve("empty"));
		String missing = directory.resolve("missing").toString();

		assertThatExceptionOfType(StartException.class).isThrownBy(() -> start(Map.of(), "--tls-keystore", missing))
			.withMessage("--tls-keystore " + missing + ": there is no such file");
		assertThatExceptionOfType(StartException.class)
			.isThrownBy(() -> start(Map.of(TlsFiles.PASSWORD_VARIABLE, "wrong"), "--tls-keystore", keyStore.toString()))
			.withMessageStartingWith("--tls-keystore " + keyStore + " is no PKCS#12 key store that the password opens");
		assertThatExceptionOfType(StartException.class)
			.isThrownBy(() -> start(Map.of(), "--tls-cert", empty.toString(), "--tls-key", empty.toString()))
			.withMessageStartingWith("--tls-cert " + empty + " and --tls-key " + empty + ": The certificate must be");
		assertThatExceptionOfType(StartException.class)
			.isThrownBy(() -> start(Map.of(), "--tls-cert-out", directory.resolve("no/such/directory").toString()))
			.withMessageContaining("cannot be written");
	}

	/**
	 * Checks that a client that trusts what the program has written, and nothing else, is
	 * served.
	 */
	private static void assertServed(Map<String, String> environment, String... arguments) throws Exception {
		Path written = directory.resolve("trusted.pem");
		String[] all = Arrays.copyOf(arguments, arguments.length + 2);
		all[arguments.length] = "--tls-cert-out";
		all[arguments.length + 1] = written.toString();
		try (StandaloneEmulator emulator = start(environment, all)) {
			HttpClient client = HttpClient.newBuilder().sslContext(trusting(written)).build();
			HttpRequest request = HttpRequest
				.newBuilder(URI.create("https://localhost:" + emulator.httpPort() + "/health"))
				.build();
			assertThat(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(200);
		}
	}

	private static SSLContext trusting(Path pem) throws Exception {
		KeyStore trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		trusted.setCertificateEntry("emulator", CertificateFactory.getInstance("X.509")
			.generateCertificate(new ByteArrayInputStream(Files.readAllBytes(pem))));
		TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		managers.init(trusted);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, managers.getTrustManagers(), null);
		return context;
	}

	private static String pem(String type, byte[] content) {
		return "-----BEGIN " + type + "-----\n"
				+ Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(content)
				+ "\n-----END " + type + "-----\n";
	}

	private static StandaloneEmulator start(Map<String, String> environment, String... arguments) {
		String[] all = Arrays.copyOf(arguments, arguments.length + 2);
		all[arguments.length] = "--amqp-port=0";
		all[arguments.length + 1] = "--http-port=0";
		return StandaloneEmulator.start(CommandLine.parse(all), environment);
	}

}
