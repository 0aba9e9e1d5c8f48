package dev.servicebus.amqp.transport.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;

import io.netty.util.NetUtil;

/**
 * A server's certificate that vouches for itself (RFC 5280), with a fresh key on the
 * curve P-256 that exists in memory only. The JDK makes keys and signatures but offers no
 * way to a certificate except its command line tool, which would mean a process and a
 * file with the private key.
 *
 * @param certificate the certificate
 * @param key its private key
 */
record SelfSignedCertificate(X509Certificate certificate, PrivateKey key) {

	/** Earlier than now, for peers whose clock is behind. */
	static final Duration BACKDATED = Duration.ofDays(1);

	/** As long as clients accept for a certificate of any server. */
	static final Duration LIFETIME = Duration.ofDays(365);

	private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));

	/**
	 * Makes a certificate for names and addresses.
	 * @throws IllegalStateException if the JDK lacks what every JDK has
	 */
	static SelfSignedCertificate make(Collection<String> names, Instant now) {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
			generator.initialize(new ECGenParameterSpec("secp256r1"));
			KeyPair keys = generator.generateKeyPair();
			byte[] content = content(keys.getPublic().getEncoded(), names, now);
			Signature signature = Signature.getInstance("SHA256withECDSA");
			signature.initSign(keys.getPrivate());
			signature.update(content);
			byte[] whole = Der.sequence(content, ECDSA_WITH_SHA256, Der.bitString(0, signature.sign()));
			X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
				.generateCertificate(new ByteArrayInputStream(whole));
			return new SelfSignedCertificate(certificate, keys.getPrivate());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("A certificate cannot be made with this JDK", ex);
		}
	}

	private static byte[] content(byte[] publicKey, Collection<String> names, Instant now)
			throws GeneralSecurityException {
		byte[] version3 = Der.tagged(0xa0, Der.integer(BigInteger.TWO));
		byte[] serialNumber = Der.integer(new BigInteger(120, new SecureRandom()).setBit(120));
		byte[] name = Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.utf8String(names.iterator().next()))));
		Instant from = now.minus(BACKDATED);
		byte[] validity = Der.sequence(Der.time(from), Der.time(from.plus(LIFETIME)));
		byte[] extensions = Der.tagged(0xa3, extensions(publicKey, names));
		return Der.sequence(version3, serialNumber, ECDSA_WITH_SHA256, name, validity, name, publicKey, extensions);
	}

	private static byte[] extensions(byte[] publicKey, Collection<String> names) throws GeneralSecurityException {
		byte[] keyId = Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(publicKey), 20);
		byte[] digitalSignature = Der.bitString(7, new byte[] { (byte) 0x80 });
		byte[] serverAuthentication = Der.sequence(Der.oid("1.3.6.1.5.5.7.3.1"));
		byte[][] alternatives = names.stream().map(SelfSignedCertificate::generalName).toArray(byte[][]::new);
		byte[] noAuthority = Der.sequence();
		return Der.sequence(critical("2.5.29.19", noAuthority), critical("2.5.29.15", digitalSignature),
				extension("2.5.29.37", serverAuthentication), extension("2.5.29.17", Der.sequence(alternatives)),
				extension("2.5.29.14", Der.octetString(keyId)),
				extension("2.5.29.35", Der.sequence(Der.tagged(0x80, keyId))));
	}

	private static byte[] generalName(String name) {
		byte[] address = NetUtil.createByteArrayFromIpAddressString(name);
		return (address != null) ? Der.tagged(0x87, address)
				: Der.tagged(0x82, IDN.toASCII(name).getBytes(StandardCharsets.US_ASCII));
	}

	private static byte[] extension(String oid, byte[] value) {
		return Der.sequence(Der.oid(oid), Der.octetString(value));
	}

	private static byte[] critical(String oid, byte[] value) {
		return Der.sequence(Der.oid(oid), Der.bool(true), Der.octetString(value));
	}

}
