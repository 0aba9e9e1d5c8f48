package dev.servicebus.amqp.transport.netty;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A self-signed certificate made for one test run by the JDK's own tool.
 */
final class TestCertificates {

	private static final char[] PASSWORD = "test-only".toCharArray();

	private final KeyStore keys;

	private TestCertificates(KeyStore keys) {
		this.keys = keys;
	}

	static TestCertificates forNames(Path directory, String subjectAlternativeNames)
			throws IOException, InterruptedException, GeneralSecurityException {
		Path file = directory.resolve("server.p12");
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
		command.addAll(List.of("-genkeypair", "-alias", "server", "-keyalg", "EC", "-groupname", "secp256r1"));
		command.addAll(List.of("-dname", "CN=test", "-ext", "san=" + subjectAlternativeNames, "-validity", "2"));
		command.addAll(List.of("-storetype", "PKCS12", "-keystore", file.toString()));
		command.addAll(List.of("-storepass", new String(PASSWORD)));
		Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(keytool.getInputStream().readAllBytes());
		if (!keytool.waitFor(30, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
			throw new IllegalStateException("keytool failed: " + output);
		}
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream stream = Files.newInputStream(file)) {
			keys.load(stream, PASSWORD);
		}
		return new TestCertificates(keys);
	}

	/** A context that presents the certificate. */
	SSLContext serverContext() throws GeneralSecurityException {
		KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		factory.init(this.keys, PASSWORD);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(factory.getKeyManagers(), null, null);
		return context;
	}

	/** A context that trusts the certificate and nothing else. */
	SSLContext clientContext() throws GeneralSecurityException, IOException {
		KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
		trusted.load(null, null);
		trusted.setCertificateEntry("server", this.keys.getCertificate("server"));
		TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		factory.init(trusted);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, factory.getTrustManagers(), null);
		return context;
	}

}
