package dev.servicebus.amqp.transport.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(60)
class ServerTlsTests {

	private static final Instant NOW = Instant.parse("2026-05-01T12:00:00.5Z");

	@Test
	void selfSignedCertificateCarriesTheLocalNamesAndTheGivenOnes() throws Exception {
		X509Certificate certificate = selfSigned("broker.example", "10.0.0.7", "b\u00fccher.example").certificates()
			.get(0);
		assertThat(certificate.getSubjectAlternativeNames().stream().map((name) -> name.get(1).toString()))
			.containsExactly("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1", "broker.example", "10.0.0.7",
					"xn--bcher-kva.example");
		assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=localhost");
	}

	@Test
	void selfSignedCertificateIsWhatStrictClientsExpectOfAServer() throws Exception {
		X509Certificate certificate = selfSigned().certificates().get(0);
		certificate.verify(certificate.getPublicKey());
		assertThat(certificate.getVersion()).isEqualTo(3);
		assertThat(certificate.getSerialNumber()).isPositive();
		assertThat(certificate.getBasicConstraints()).as("no authority for others").isEqualTo(-1);
		assertThat(certificate.getKeyUsage()).startsWith(true, false, false);
		assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
		assertThat(certificate.getCriticalExtensionOIDs()).isEqualTo(Set.of("2.5.29.15", "2.5.29.19"));
		assertThat(certificate.getNonCriticalExtensionOIDs()).contains("2.5.29.14", "2.5.29.35");
	}

	@Test
	void selfSignedCertificateIsValidForAYearAndOnSlowClocks() throws Exception {
		X509Certificate certificate = selfSigned().certificates().get(0);
		certificate.checkValidity(Date.from(NOW.minusSeconds(86_000)));
		certificate.checkValidity(Date.from(NOW.plusSeconds(363 * 86_400L)));
		assertThat(certificate.getNotBefore()).isEqualTo("2026-04-30T12:00:00Z");
		assertThat(certificate.getNotAfter()).isEqualTo("2027-04-30T12:00:00Z");
	}

	@Test
	void everyCertificateHasAKeyOfItsOwn() {
		assertThat(selfSigned().certificates().get(0).getPublicKey())
			.isNotEqualTo(selfSigned().certificates().get(0).getPublicKey());
	}

	@Test
	void certificateIsExportedAsPem() throws Exception {
		ServerTls tls = selfSigned();
		assertThat(tls.certificatePem()).startsWith("-----BEGIN CERTIFICATE-----\n")
			.endsWith("\n-----END CERTIFICATE-----\n")
			.doesNotContain("PRIVATE");
		assertThat(tls.certificatePem().lines()).allMatch((line) -> line.length() <= 64);
		var read = CertificateFactory.getInstance("X.509")
			.generateCertificates(new ByteArrayInputStream(tls.certificatePem().getBytes(StandardCharsets.US_ASCII)));
		assertThat(List.copyOf(read)).isEqualTo(tls.certificates());
	}

	@Test
	void keyStoreIsOpenedWithItsPassword() throws Exception {
		SelfSignedCertificate made = SelfSignedCertificate.make(List.of("broker.example"), NOW);
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, null);
		store.setKeyEntry("any", made.key(), "CANARY".toCharArray(), new X509Certificate[] { made.certificate() });
		assertThat(ServerTls.of(store, "CANARY".toCharArray()).certificates()).containsExactly(made.certificate());
		assertThatIllegalArgumentException().isThrownBy(() -> ServerTls.of(store, "wrong".toCharArray()))
			.withMessageContaining("key store");
	}

	@Test
	void keyStoreWithoutAPrivateKeyIsRefused() throws Exception {
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, null);
		store.setCertificateEntry("trusted", SelfSignedCertificate.make(List.of("x"), NOW).certificate());
		assertThatIllegalArgumentException().isThrownBy(() -> ServerTls.of(store, new char[0]))
			.withMessageContaining("no private key");
	}

	@Test
	void certificateAndKeyAreReadFromPem() throws Exception {
		SelfSignedCertificate made = SelfSignedCertificate.make(List.of("broker.example"), NOW);
		byte[] certificate = pem("CERTIFICATE", made.certificate().getEncoded());
		byte[] key = pem("PRIVATE KEY", made.key().getEncoded());

		ServerTls tls = ServerTls.ofPem(certificate, key);

		assertThat(tls.certificates()).containsExactly(made.certificate());
		assertThat(tls.newEngine().getUseClientMode()).isFalse();
		assertThatIllegalArgumentException().isThrownBy(() -> ServerTls.ofPem(key, certificate))
			.withMessageContaining("both in PEM");
		assertThatIllegalArgumentException().isThrownBy(() -> ServerTls.ofPem(certificate, new byte[0]))
			.withMessageContaining("both in PEM");
	}

	@Test
	void enginesSpeakVersion12AndLater() {
		assertThat(selfSigned().newEngine().getEnabledProtocols()).containsExactlyInAnyOrder("TLSv1.2", "TLSv1.3");
		assertThat(selfSigned().newEngine().getUseClientMode()).isFalse();
	}

	@Test
	void timesAreEncodedAsTheStandardAsks() {
		assertThat(hex(Der.time(Instant.parse("2049-12-31T23:59:59Z")))).startsWith("170d3439");
		assertThat(hex(Der.time(Instant.parse("2050-01-01T00:00:00Z")))).startsWith("180f32303530");
	}

	@Test
	void valuesAreEncodedAsTheStandardAsks() {
		assertThat(hex(Der.oid("1.2.840.10045.4.3.2"))).isEqualTo("06082a8648ce3d040302");
		assertThat(hex(Der.integer(BigInteger.valueOf(128)))).isEqualTo("02020080");
		assertThat(hex(Der.octetString(new byte[127]))).startsWith("047f00");
		assertThat(hex(Der.octetString(new byte[128]))).startsWith("04818000");
		assertThat(hex(Der.octetString(new byte[256]))).startsWith("0482010000");
		assertThat(hex(Der.bitString(7, new byte[] { (byte) 0x80 }))).isEqualTo("03020780");
	}

	private static ServerTls selfSigned(String... names) {
		return ServerTls.selfSigned(List.of(names), InstantSource.fixed(NOW));
	}

	private static byte[] pem(String type, byte[] content) {
		return ("-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
				+ type + "-----\n")
			.getBytes(StandardCharsets.US_ASCII);
	}

	private static String hex(byte[] bytes) {
		return HexFormat.of().formatHex(bytes);
	}

}
