package dev.servicebus.amqp.transport.netty;

import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

import dev.servicebus.amqp.transport.ConnectFailedException.Reason;
import dev.servicebus.amqp.transport.ConnectTarget;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * TLS of the dialling side: version 1.2 or later, and the certificate must be trusted and
 * carry the name of the service.
 */
final class ClientTls {

	private static final String[] PROTOCOLS = { "TLSv1.3", "TLSv1.2" };

	private final @Nullable SSLContext context;

	private final @Nullable SSLParameters limits;

	private final Executor tasks;

	/**
	 * Makes TLS for dialers.
	 * @param context the trust and identity, {@code null} for the JDK's default
	 * @param limits the protocols and cipher suites that may be used, {@code null} for
	 * all that are safe
	 * @param tasks runs what may take long, such as checking certificates
	 */
	ClientTls(@Nullable SSLContext context, @Nullable SSLParameters limits, Executor tasks) {
		this.context = context;
		this.limits = limits;
		this.tasks = tasks;
	}

	/**
	 * Makes the engine for one connection. May block while the trust store is read.
	 */
	SSLEngine newEngine(ConnectTarget target) throws SSLException {
		SSLEngine engine = context().createSSLEngine(target.serverName(), target.port());
		engine.setUseClientMode(true);
		SSLParameters parameters = engine.getSSLParameters();
		parameters.setProtocols(protocols(engine));
		if (this.limits != null && this.limits.getCipherSuites() != null) {
			parameters.setCipherSuites(this.limits.getCipherSuites());
		}
		parameters.setEndpointIdentificationAlgorithm("HTTPS");
		engine.setSSLParameters(parameters);
		return engine;
	}

	private String[] protocols(SSLEngine engine) throws SSLException {
		List<String> allowed = new ArrayList<>(List.of(PROTOCOLS));
		allowed.retainAll(List.of(engine.getSupportedProtocols()));
		if (this.limits != null && this.limits.getProtocols() != null) {
			allowed.retainAll(List.of(this.limits.getProtocols()));
		}
		if (allowed.isEmpty()) {
			throw new SSLException("None of the enabled TLS protocols is one of " + String.join(", ", PROTOCOLS));
		}
		return allowed.toArray(String[]::new);
	}

	/**
	 * Begins the handshake on a connected channel. Its time limit is the caller's.
	 */
	Future<Channel> secure(Channel channel, SSLEngine engine) {
		SslHandler handler = new SslHandler(engine, this.tasks);
		handler.setHandshakeTimeoutMillis(0);
		Dialer.NotConnected.precede(channel, handler);
		return handler.handshakeFuture();
	}

	private SSLContext context() throws SSLException {
		try {
			return (this.context != null) ? this.context : SSLContext.getDefault();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new SSLException("The JDK's default TLS context cannot be loaded", ex);
		}
	}

	/**
	 * Tells a certificate that is not accepted from a handshake that broke.
	 */
	static Reason reasonOf(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof CertificateException) {
				return Reason.UNTRUSTED;
			}
		}
		return Reason.HANDSHAKE;
	}

}
