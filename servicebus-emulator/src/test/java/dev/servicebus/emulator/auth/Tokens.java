package dev.servicebus.emulator.auth;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs tokens for tests in the ways of different clients.
 */
public final class Tokens {

	private Tokens() {
	}

	public static String token(String resource, long expiry, String ruleName, String key) {
		return tokenWithRawResource(URLEncoder.encode(resource, StandardCharsets.UTF_8), expiry, ruleName, key);
	}

	static String tokenWithRawResource(String rawResource, long expiry, String ruleName, String key) {
		return "SharedAccessSignature sr=" + rawResource + "&sig="
				+ URLEncoder.encode(signature(rawResource, Long.toString(expiry), key), StandardCharsets.UTF_8) + "&se="
				+ expiry + "&skn=" + ruleName;
	}

	static String signature(String rawResource, String expiry, String key) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
			return Base64.getEncoder()
				.encodeToString(mac.doFinal((rawResource + "\n" + expiry).getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new AssertionError(ex);
		}
	}

}
