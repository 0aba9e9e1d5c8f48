package dev.servicebus.emulator.amqp;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes shared access signature tokens as clients do.
 */
final class SasTokens {

	private SasTokens() {
	}

	static String token(String resource, String ruleName, String key, Instant expiry) {
		String encoded = URLEncoder.encode(resource, StandardCharsets.UTF_8);
		String signature = URLEncoder.encode(sign(encoded + "\n" + expiry.getEpochSecond(), key),
				StandardCharsets.UTF_8);
		return "SharedAccessSignature sr=" + encoded + "&sig=" + signature + "&se=" + expiry.getEpochSecond() + "&skn="
				+ ruleName;
	}

	private static String sign(String text, String key) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
			return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
