package dev.servicebus.amqp.transport.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

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
