package dev.servicebus.amqp.engine;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.ConnectionOptions;
import dev.servicebus.amqp.ErrorCondition;
import dev.servicebus.amqp.endpoint.AmqpConnection;
import dev.servicebus.amqp.endpoint.AmqpSession;
import dev.servicebus.amqp.endpoint.ConnectionListener;
import dev.servicebus.amqp.endpoint.ConnectionListener.CloseReason;
import dev.servicebus.amqp.endpoint.FrameListener;
import dev.servicebus.amqp.endpoint.PeerOpen;
import dev.servicebus.amqp.endpoint.SessionListener;
import dev.servicebus.amqp.sasl.SaslIdentity;
import dev.servicebus.amqp.transport.ByteChannelHandler;
import dev.servicebus.amqp.transport.EventLoop;
import org.apache.qpid.proton.engine.Collector;
import org.apache.qpid.proton.engine.Connection;
import org.apache.qpid.proton.engine.EndpointState;
import org.apache.qpid.proton.engine.Event;
import org.apache.qpid.proton.engine.Link;
import org.apache.qpid.proton.engine.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection on the engine, from either side.
 */
final class ProtonConnection implements AmqpConnection, EngineIo.Owner, SaslLayer.Listener {

	private static final Logger logger = LoggerFactory.getLogger(ProtonConnection.class);

	private final EventLoop loop;

	private final ConnectionOptions options;

	private final ConnectionListener listener;

	private final Connection connection = Connection.Factory.create();

	private final EngineTransport transport = new EngineTransport(this.connection);

	private final EngineIo io;

	private final EventRouter router = new EventRouter(this);

	private final ConnectionSessions sessions;

	private final SaslLayer sasl;

	private final @Nullable FrameTrace trace;

	private EventLoop.@Nullable Timer deadline;

	private EventLoop.@Nullable Timer connecting;

	private @Nullable PeerOpen peer;

	private @Nullable CloseReason reason;

	private boolean ended;

	ProtonConnection(EventLoop loop, ConnectionOptions options, SaslLayer sasl, ConnectionListener listener) {
		this.loop = loop;
		this.options = options;
		this.sasl = sasl;
		this.listener = listener;
		Collector collector = Collector.Factory.create();
		this.connection.collect(collector);
		this.sessions = new ConnectionSessions(this, this.connection, this.transport, options);
		configureTransport();
		sasl.attach(this.transport, this);
		this.transport.bind(this.connection);
		this.io = new EngineIo(loop, this.transport, collector, this);
		this.trace = FrameTrace.attach(this.transport);
	}

	private void configureTransport() {
		this.transport.setMaxFrameSize(this.options.maxFrameSize());
		this.transport.setOutboundFrameSizeLimit(this.options.maxFrameSize());
		this.transport.setChannelMax(this.options.maxSessions() - 1);
		this.transport.setIdleTimeout((int) Math.min(Integer.MAX_VALUE, this.options.idleTimeout().toMillis()));
		this.transport.setEmitFlowEventOnSend(false);
		this.transport.setUseReadOnlyOutputBuffer(false);
	}

	/**
	 * What a channel for this connection has to feed.
	 */
	ByteChannelHandler channelHandler() {
		return this.io;
	}

	/**
	 * Remembers how to give up connecting.
	 */
	void connecting(EventLoop.Timer attempt) {
		this.connecting = attempt;
	}

	@Override
	public EventLoop loop() {
		return this.loop;
	}

	@Override
	public void execute(Runnable task) {
		this.io.execute(task);
	}

	@Override
	public PeerOpen peer() {
		if (this.peer == null) {
			throw new IllegalStateException("The peer has not opened the connection");
		}
		return this.peer;
	}

	@Override
	public SaslIdentity identity() {
		return this.sasl.identity();
	}

	@Override
	public void tap(@Nullable FrameListener frames) {
		this.transport.setProtocolTracer((frames != null) ? new FrameTap(frames, this.trace) : this.trace);
	}

	@Override
	public AmqpSession beginSession(SessionListener sessionListener) {
		return (this.reason != null) ? this.sessions.stillborn(sessionListener, this.reason.error())
				: this.sessions.begin(sessionListener);
	}

	@Override
	public boolean isOpen() {
		return this.peer != null && this.reason == null;
	}

	@Override
	public void close(@Nullable AmqpError error) {
		if (this.reason != null) {
			return;
		}
		endWith(new CloseReason(CloseReason.Kind.LOCAL, error, null));
		if (this.connecting != null) {
			this.connecting.cancel();
		}
		sendClose(error);
	}

	void touched() {
		this.io.touched();
	}

	void encode() {
		this.io.encode();
	}

	void tellState(Session session) {
		this.transport.tellState(session);
		touched();
	}

	void requestEcho(Link link) {
		this.transport.requestEcho(link);
		touched();
	}

	@Override
	public void channelConnected() {
		this.connecting = null;
		this.listener.onConnected(this);
		startDeadline(this.options.openTimeout(), this::openTimedOut);
		if (this.sasl.isClient()) {
			open();
		}
	}

	private void open() {
		this.connection.setContainer(this.options.containerId());
		if (this.options.hostname() != null) {
			this.connection.setHostname(this.options.hostname());
		}
		this.connection.setProperties(ProtonTypes.toProtonFields(this.options.properties()));
		this.connection.open();
	}

	private void openTimedOut() {
		endWith(new CloseReason(CloseReason.Kind.TRANSPORT, null, new TimeoutException(
				"The peer has not opened the connection within " + this.options.openTimeout().toMillis() + " ms")));
		this.io.closeChannel();
	}

	@Override
	public void event(Event event) {
		this.router.route(event);
	}

	void onRemoteOpen() {
		cancelDeadline();
		if (this.connection.getLocalState() == EndpointState.UNINITIALIZED) {
			open();
		}
		this.peer = new PeerOpen(this.connection.getRemoteContainer(), this.connection.getRemoteHostname(),
				Integer.toUnsignedLong(this.transport.getRemoteMaxFrameSize()),
				Duration.ofMillis(this.transport.getRemoteIdleTimeout()),
				ProtonTypes.fromProtonFields(this.connection.getRemoteProperties()));
		this.io.startHeartbeat();
		if (this.reason == null) {
			this.listener.onOpened(this);
		}
	}

	void onRemoteClose() {
		if (this.reason == null) {
			AmqpError error = ProtonStates.fromProton(this.connection.getRemoteCondition());
			endWith(new CloseReason(CloseReason.Kind.REMOTE, error, null));
		}
		this.connection.close();
	}

	void onTransportError() {
		if (this.reason == null) {
			AmqpError error = ProtonStates.fromProton(this.transport.getCondition());
			AmqpError own = ProtonStates.fromProton(this.connection.getCondition());
			endWith(new CloseReason(CloseReason.Kind.TRANSPORT, (own != null) ? own : error, null));
		}
	}

	void onRemoteBegin(Session session) {
		this.sessions.onRemoteBegin(session, this.listener);
	}

	void forget(ProtonSession session) {
		this.sessions.forget(session);
	}

	@Override
	public void outputEnded() {
		boolean peerIsThrough = this.connection.getRemoteState() == EndpointState.CLOSED
				|| this.transport.getCondition() != null || this.sasl.isRefused();
		if (peerIsThrough) {
			this.io.closeChannel();
		}
	}

	@Override
	public void saslEnded(boolean accepted) {
		if (!accepted) {
			endWith(new CloseReason(CloseReason.Kind.AUTHENTICATION,
					AmqpError.of(ErrorCondition.UNAUTHORIZED_ACCESS, "SASL " + this.sasl.mechanism() + " was refused."),
					null));
			startDeadline(this.options.closeTimeout(), this.io::closeChannel);
			this.loop.execute(this.io::closeChannel);
		}
	}

	@Override
	public void taskFailed(Throwable failure) {
		logger.error("A fault on this side ends the AMQP connection", failure);
		close(AmqpError.of(ErrorCondition.INTERNAL_ERROR, "The other side has failed."));
	}

	@Override
	public void channelClosed(@Nullable Throwable cause) {
		if (this.ended) {
			return;
		}
		this.ended = true;
		cancelDeadline();
		endWith(new CloseReason(CloseReason.Kind.TRANSPORT, null, cause));
		CloseReason why = reason();
		this.sessions.end(why.error());
		this.listener.onClosed(this, why);
	}

	private CloseReason reason() {
		if (this.reason == null) {
			throw new IllegalStateException("The connection has not ended");
		}
		return this.reason;
	}

	/**
	 * Keeps the first reason: what follows from it is not another one.
	 */
	private void endWith(CloseReason why) {
		if (this.reason == null) {
			this.reason = why;
		}
	}

	private void sendClose(@Nullable AmqpError error) {
		if (error != null) {
			this.connection.setCondition(ProtonStates.toProton(error));
		}
		if (this.connection.getLocalState() == EndpointState.UNINITIALIZED) {
			this.loop.execute(this.io::closeChannel);
			return;
		}
		this.connection.close();
		startDeadline(this.options.closeTimeout(), this.io::closeChannel);
		touched();
	}

	private void startDeadline(Duration limit, Runnable task) {
		cancelDeadline();
		this.deadline = this.loop.schedule(limit, task);
	}

	private void cancelDeadline() {
		if (this.deadline != null) {
			this.deadline.cancel();
			this.deadline = null;
		}
	}

}
