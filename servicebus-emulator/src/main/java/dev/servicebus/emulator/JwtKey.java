package dev.servicebus.emulator;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

import dev.servicebus.emulator.auth.JwtTrust;
import org.jspecify.annotations.Nullable;

/**
 * The key whose JSON Web Tokens the user wants to be believed: a public key or a
 * certificate in PEM, or else a secret.
 */
final class JwtKey {

	static final String OPTION = "--jwt-key";

	private static final String PUBLIC_KEY = "-----BEGIN PUBLIC KEY-----";

	private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----";

	private JwtKey() {
	}

	/**
	 * Reads the key.
	 * @return {@code null} if there is no file
	 * @throws StartException if the file holds no key
	 */
	static @Nullable JwtTrust read(@Nullable OptionFile file) {
		if (file == null) {
			return null;
		}
		String text = file.text();
		try {
			if (text.startsWith(CERTIFICATE)) {
				return rsa(CertificateFactory.getInstance("X.509")
					.generateCertificate(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)))
					.getPublicKey(), file);
			}
			if (text.startsWith(PUBLIC_KEY)) {
				return rsa(publicKey(text), file);
			}
			return JwtTrust.hmac(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (GeneralSecurityException ex) {
			throw file.failure(" holds no RSA key in PEM that can be read");
		}
		catch (IllegalArgumentException ex) {
			throw file.failure(": " + ex.getMessage());
		}
	}

	private static JwtTrust rsa(PublicKey key, OptionFile file) {
		if (key instanceof RSAPublicKey rsa) {
			return JwtTrust.rsa(rsa);
		}
		throw file.failure(" holds a key for " + key.getAlgorithm() + " and not for RSA");
	}

	private static PublicKey publicKey(String pem) throws GeneralSecurityException {
		String base64 = pem.lines().filter((line) -> !line.startsWith("-----")).reduce("", String::concat);
		return KeyFactory.getInstance("RSA")
			.generatePublic(new X509EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
	}

}
