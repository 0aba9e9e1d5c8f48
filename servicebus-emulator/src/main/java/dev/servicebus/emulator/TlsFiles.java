package dev.servicebus.emulator;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;

import dev.servicebus.amqp.transport.tls.ServerTls;
import org.jspecify.annotations.Nullable;

/**
 * The files with the certificate that the user brought. At most one of the key store and
 * the pair of certificate and key is there.
 *
 * @param keyStore a key store (PKCS#12), {@code null} for none
 * @param password the file with its password, {@code null} if the environment or nobody
 * says it
 * @param certificate the certificate in PEM, {@code null} for none
 * @param key its private key in PEM
 * @param exported where to write the certificate that clients shall trust, {@code null}
 * for nowhere
 */
record TlsFiles(@Nullable OptionFile keyStore, @Nullable OptionFile password, @Nullable OptionFile certificate,
		@Nullable OptionFile key, @Nullable OptionFile exported) {

	static final String KEY_STORE = "--tls-keystore";

	static final String PASSWORD = "--tls-password-file";

	static final String CERTIFICATE = "--tls-cert";

	static final String KEY = "--tls-key";

	static final String EXPORTED = "--tls-cert-out";

	static final String PASSWORD_VARIABLE = "SERVICEBUS_EMULATOR_TLS_PASSWORD";

	static final TlsFiles NONE = new TlsFiles(null, null, null, null, null);

	TlsFiles {
		if ((certificate == null) != (key == null)) {
			throw new StartException(CERTIFICATE + " and " + KEY + " belong together");
		}
		if (keyStore != null && certificate != null) {
			throw new StartException("Give either " + KEY_STORE + " or " + CERTIFICATE + ", not both");
		}
		if (password != null && keyStore == null) {
			throw new StartException(PASSWORD + " is for " + KEY_STORE + ", which is missing");
		}
	}

	/**
	 * Reads the user's certificate.
	 * @param environment the environment variables
	 * @return {@code null} if there is none
	 * @throws StartException if it cannot be used
	 */
	@Nullable ServerTls read(Map<String, String> environment) {
		if (this.keyStore != null) {
			return read(this.keyStore, password(environment));
		}
		return (this.certificate != null && this.key != null) ? read(this.certificate, this.key) : null;
	}

	private char[] password(Map<String, String> environment) {
		String text = (this.password != null) ? this.password.text() : environment.getOrDefault(PASSWORD_VARIABLE, "");
		return text.toCharArray();
	}

	private static ServerTls read(OptionFile file, char[] password) {
		try {
			KeyStore keys = KeyStore.getInstance("PKCS12");
			keys.load(new ByteArrayInputStream(file.bytes()), password);
			return ServerTls.of(keys, password);
		}
		catch (IOException | GeneralSecurityException ex) {
			throw file.failure(" is no PKCS#12 key store that the password opens; give the password with " + PASSWORD
					+ " or " + PASSWORD_VARIABLE);
		}
		catch (IllegalArgumentException ex) {
			throw file.failure(": " + ex.getMessage());
		}
	}

	private static ServerTls read(OptionFile certificate, OptionFile key) {
		try {
			return ServerTls.ofPem(certificate.bytes(), key.bytes());
		}
		catch (IllegalArgumentException ex) {
			throw certificate.failure(" and " + KEY + " " + key.path() + ": " + ex.getMessage());
		}
	}

}
