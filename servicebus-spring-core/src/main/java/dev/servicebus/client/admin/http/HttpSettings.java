package dev.servicebus.client.admin.http;

import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

import dev.servicebus.amqp.transport.ProxyOptions;
import dev.servicebus.client.InvalidSettingException;
import org.jspecify.annotations.Nullable;

/**
 * How the HTTP client of an administration client shall be.
 *
 * @param proxy the proxy on the way, {@code null} for none
 * @param sslContext trust and identity, {@code null} for the JDK's default
 * @param sslParameters protocols and cipher suites, {@code null} for the context's own
 * @param connectTimeout how long connecting may take
 */
record HttpSettings(@Nullable ProxyOptions proxy, @Nullable SSLContext sslContext,
		@Nullable SSLParameters sslParameters, Duration connectTimeout) {

	/**
	 * Refuses settings that a client which exists already would ignore.
	 */
	void checkUnset() {
		checkUnset("proxy", this.proxy);
		checkUnset("sslContext", this.sslContext);
		checkUnset("sslParameters", this.sslParameters);
	}

	private static void checkUnset(String setting, @Nullable Object value) {
		if (value != null) {
			throw new InvalidSettingException(setting,
					"Set " + setting + " on the HTTP client, or leave the HTTP client out");
		}
	}

	HttpClient newClient() {
		HttpClient.Builder builder = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.followRedirects(HttpClient.Redirect.NEVER)
			.connectTimeout(this.connectTimeout);
		if (this.proxy != null) {
			builder.proxy(ProxySelector.of(InetSocketAddress.createUnresolved(this.proxy.host(), this.proxy.port())));
		}
		if (this.sslContext != null) {
			builder.sslContext(this.sslContext);
		}
		if (this.sslParameters != null) {
			builder.sslParameters(this.sslParameters);
		}
		return builder.build();
	}

	Map<String, String> proxyHeaders() {
		if (this.proxy == null || this.proxy.username() == null) {
			return Map.of();
		}
		byte[] pair = (this.proxy.username() + ':' + this.proxy.password()).getBytes(StandardCharsets.UTF_8);
		return Map.of("Proxy-Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
	}

}
