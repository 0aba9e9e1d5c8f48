package dev.servicebus.client.amqp;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

import dev.servicebus.amqp.transport.netty.NettyNetwork;
import dev.servicebus.client.InvalidSettingException;
import org.jspecify.annotations.Nullable;

/**
 * How TLS shall be on the connections of a client.
 *
 * @param context trust and identity, {@code null} for the JDK's default
 * @param limits the protocols and cipher suites that may be used, {@code null} for the
 * context's own
 */
record TlsSettings(@Nullable SSLContext context, @Nullable SSLParameters limits) {

	/**
	 * Refuses settings that would be ignored.
	 */
	void checkUnset(String reason) {
		if (this.context != null || this.limits != null) {
			String setting = (this.context != null) ? "sslContext" : "sslParameters";
			throw new InvalidSettingException(setting, setting + " contradicts " + reason);
		}
	}

	void apply(NettyNetwork.Builder network) {
		if (this.context != null) {
			network.sslContext(this.context);
		}
		if (this.limits != null) {
			network.sslParameters(this.limits);
		}
	}

}
