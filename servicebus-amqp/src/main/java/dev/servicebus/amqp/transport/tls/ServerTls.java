package dev.servicebus.amqp.transport.tls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

import org.jspecify.annotations.Nullable;

/**
 * The identity that a server shows to clients, for TLS 1.2 and later: the user's own, or
 * a certificate made for this process. Thread-safe.
 */
public final class ServerTls {

	private static final List<String> LOCAL_NAMES = List.of("localhost", "127.0.0.1", "::1");

	private static final String[] PROTOCOLS = { "TLSv1.3", "TLSv1.2" };

	private final Supplier<Identity> source;

	private @Nullable Identity identity;

	private ServerTls(Supplier<Identity> source) {
		this.source = source;
	}

	/**
	 * An identity that someone else has prepared. Its certificates stay unknown here, so
	 * {@link #certificates()} is empty.
	 */
	public static ServerTls of(SSLContext context) {
		Identity identity = new Identity(context, List.of());
		return new ServerTls(() -> identity);
	}

	/**
	 * The private keys of a key store with their certificates.
	 * @param password opens the private keys
	 * @throws IllegalArgumentException if the store holds no private key, or none that
	 * this password opens
	 */
	public static ServerTls of(KeyStore keys, char[] password) {
		try {
			Identity identity = Identity.of(keys, password);
			return new ServerTls(() -> identity);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalArgumentException("The key store cannot be used for TLS", ex);
		}
	}

	/**
	 * A certificate and its private key in the text form that most tools write (PEM).
	 * @param certificates the server's own certificate, those of its issuers after it
	 * @param key the private key as PKCS#8, without a password
	 * @throws IllegalArgumentException if one of them cannot be read
	 */
	public static ServerTls ofPem(byte[] certificates, byte[] key) {
		Identity identity = Identity.ofPem(certificates, key);
		return new ServerTls(() -> identity);
	}

	/**
	 * A certificate for {@code localhost}, {@code 127.0.0.1}, {@code ::1} and the given
	 * names that vouches for itself: clients accept it once they are told to trust
	 * {@link #certificatePem()}. It is valid for a year, and its key is never written
	 * anywhere. It is made when it is asked for, so that a server whose clients use no
	 * TLS starts without the cost.
	 * @param names further host names and addresses
	 */
	public static ServerTls selfSigned(String... names) {
		return selfSigned(List.of(names), InstantSource.system());
	}

	static ServerTls selfSigned(Collection<String> names, InstantSource clock) {
		Set<String> all = new LinkedHashSet<>(LOCAL_NAMES);
		all.addAll(names);
		return new ServerTls(() -> {
			SelfSignedCertificate made = SelfSignedCertificate.make(all, clock.instant());
			char[] noPassword = {};
			try {
				KeyStore keys = Identity.emptyStore();
				keys.setKeyEntry("server", made.key(), noPassword, new Certificate[] { made.certificate() });
				return Identity.of(keys, noPassword);
			}
			catch (GeneralSecurityException ex) {
				throw new IllegalStateException("A key store in memory cannot be used with this JDK", ex);
			}
		});
	}

	/**
	 * The certificates that clients are shown, each server's own before those of its
	 * issuers.
	 */
	public List<X509Certificate> certificates() {
		return identity().certificates();
	}

	/**
	 * {@link #certificates()} in the text form that most tools read (RFC 7468).
	 */
	public String certificatePem() {
		Base64.Encoder encoder = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
		StringBuilder pem = new StringBuilder();
		try {
			for (X509Certificate certificate : certificates()) {
				pem.append("-----BEGIN CERTIFICATE-----\n")
					.append(encoder.encodeToString(certificate.getEncoded()))
					.append("\n-----END CERTIFICATE-----\n");
			}
		}
		catch (CertificateEncodingException ex) {
			throw new IllegalStateException("The certificate cannot be written", ex);
		}
		return pem.toString();
	}

	/**
	 * The client's half: trusts {@link #certificates()} and nothing else.
	 */
	public SSLContext clientContext() {
		try {
			return identity().trusted();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("A trust store in memory cannot be used with this JDK", ex);
		}
	}

	/**
	 * Makes the server's engine for one connection. May take a moment when it is the
	 * first.
	 */
	public SSLEngine newEngine() {
		SSLEngine engine = identity().context().createSSLEngine();
		engine.setUseClientMode(false);
		SSLParameters parameters = engine.getSSLParameters();
		parameters.setProtocols(PROTOCOLS);
		engine.setSSLParameters(parameters);
		return engine;
	}

	private synchronized Identity identity() {
		if (this.identity == null) {
			this.identity = this.source.get();
		}
		return this.identity;
	}

}
