package dev.servicebus.amqp.transport.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;

/**
 * What a server proves its name with.
 *
 * @param context makes the engines
 * @param certificates what clients are shown, as far as it is known
 */
record Identity(SSLContext context, List<X509Certificate> certificates) {

	Identity {
		certificates = List.copyOf(certificates);
	}

	/**
	 * Reads every private key of a store.
	 * @throws IllegalArgumentException if there is none
	 */
	static Identity of(KeyStore keys, char[] password) throws GeneralSecurityException {
		List<X509Certificate> certificates = new ArrayList<>();
		for (String alias : Collections.list(keys.aliases())) {
			if (keys.entryInstanceOf(alias, KeyStore.PrivateKeyEntry.class)) {
				for (Certificate certificate : keys.getCertificateChain(alias)) {
					certificates.add((X509Certificate) certificate);
				}
			}
		}
		if (certificates.isEmpty()) {
			throw new IllegalArgumentException("The key store holds no private key with a certificate");
		}
		KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		managers.init(keys, password);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(managers.getKeyManagers(), null, null);
		return new Identity(context, certificates);
	}

	/**
	 * Reads a chain of certificates and a private key.
	 * @throws IllegalArgumentException if one of them cannot be read
	 */
	static Identity ofPem(byte[] certificates, byte[] key) {
		try {
			SslContext context = SslContextBuilder
				.forServer(new ByteArrayInputStream(certificates), new ByteArrayInputStream(key))
				.sslProvider(SslProvider.JDK)
				.build();
			List<X509Certificate> chain = new ArrayList<>();
			for (Certificate certificate : CertificateFactory.getInstance("X.509")
				.generateCertificates(new ByteArrayInputStream(certificates))) {
				chain.add((X509Certificate) certificate);
			}
			return new Identity(((JdkSslContext) context).context(), chain);
		}
		catch (IllegalArgumentException | SSLException | CertificateException ex) {
			throw new IllegalArgumentException(
					"The certificate must be X.509 and the private key PKCS#8 without a password, both in PEM", ex);
		}
	}

	/**
	 * Makes a context of clients that trust these certificates and no others.
	 */
	SSLContext trusted() throws GeneralSecurityException {
		KeyStore trusted = emptyStore();
		for (int i = 0; i < this.certificates.size(); i++) {
			trusted.setCertificateEntry("server-" + i, this.certificates.get(i));
		}
		TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		managers.init(trusted);
		SSLContext clients = SSLContext.getInstance("TLS");
		clients.init(null, managers.getTrustManagers(), null);
		return clients;
	}

	static KeyStore emptyStore() throws GeneralSecurityException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try {
			store.load(null, null);
		}
		catch (IOException ex) {
			throw new KeyStoreException("An empty key store cannot be made", ex);
		}
		return store;
	}

}
