package dev.servicebus.amqp.transport.netty;

import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.util.Arrays;
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

	private final Executor tasks;

	/**
	 * Makes TLS for dialers.
	 * @param context the trust and identity, {@code null} for the JDK's default
	 * @param tasks runs what may take long, such as checking certificates
	 */
	ClientTls(@Nullable SSLContext context, Executor tasks) {
		this.context = context;
		this.tasks = tasks;
	}

	/**
	 * Makes the engine for one connection. May block while the trust store is read.
	 */
	SSLEngine newEngine(ConnectTarget target) throws SSLException {
		SSLEngine engine = context().createSSLEngine(target.serverName(), target.port());
		engine.setUseClientMode(true);
		SSLParameters parameters = engine.getSSLParameters();
		String[] supported = engine.getSupportedProtocols();
		parameters
			.setProtocols(Arrays.stream(PROTOCOLS).filter(Arrays.asList(supported)::contains).toArray(String[]::new));
		parameters.setEndpointIdentificationAlgorithm("HTTPS");
		engine.setSSLParameters(parameters);
		return engine;
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
