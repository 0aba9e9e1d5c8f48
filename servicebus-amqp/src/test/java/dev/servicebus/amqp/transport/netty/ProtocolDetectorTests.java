package dev.servicebus.amqp.transport.netty;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
@ExtendWith(LeaksFail.class)
class ProtocolDetectorTests {

	private final Announced announced = new Announced();

	private final EmbeddedChannel channel = new EmbeddedChannel(new ProtocolDetector(this.announced));

	@AfterEach
	void close() {
		this.channel.finishAndReleaseAll();
	}

	@ParameterizedTest
	@CsvSource({ "AMQP, amqp", "GET /, http", "PUT /, http", "POST /, http", "DELETE /, http", "HEAD /, http",
			"OPTIONS /, http", "PATCH /, http" })
	void protocolIsFoundWhenItsFirstBytesArriveOneByOne(String bytes, String protocol) {
		for (byte next : bytes.getBytes(StandardCharsets.US_ASCII)) {
			this.channel.writeInbound(Unpooled.buffer(1).writeByte(next));
		}
		assertThat(this.announced.protocols).containsExactly(protocol);
		assertThat(received()).isEqualTo(bytes);
	}

	@Test
	void detectorLeavesWhenItHasDecidedAndKeepsNothing() {
		write("AMQP\0\1\0\0 and more");
		write(" and even more");
		assertThat(this.channel.pipeline().get(ProtocolDetector.class)).isNull();
		assertThat(received()).isEqualTo("AMQP\0\1\0\0 and more and even more");
	}

	@Test
	void nothingIsDecidedByTooFewBytes() {
		write("AMQ");
		assertThat(this.announced.protocols).isEmpty();
		assertThat(this.channel.isOpen()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "amqp", "AMQp", "get / HTTP/1.1", "GETX", "\0\0\0\0", "\u0015\3\1", "SSH-2.0-x" })
	void unknownBytesEndTheConnection(String bytes) {
		write(bytes);
		assertThat(this.channel.isOpen()).isFalse();
		assertThat(this.announced.protocols).isEmpty();
	}

	@Test
	void tlsIsRefusedWhereItIsNotOffered() {
		write("\u0016\3\1");
		assertThat(this.channel.isOpen()).isFalse();
	}

	@Test
	void insideTlsTheFirstBytesDecideAgain() {
		this.announced.tls = new PassThrough();
		write("\u0016");
		write("AMQP");
		assertThat(this.announced.protocols).containsExactly("amqp");
		assertThat(this.channel.pipeline().get(ProtocolDetector.class)).isNull();
	}

	@Test
	void bytesWaitUntilTlsIsReady() {
		this.announced.tls = new PassThrough();
		this.announced.slow = true;
		write("\u0016\3");
		write("\1");
		assertThat(this.channel.isOpen()).isTrue();
		this.announced.waiting.run();
		write("AMQP");
		assertThat(this.announced.protocols).containsExactly("amqp");
		assertThat(received()).isEqualTo("AMQP");
	}

	@Test
	void floodBeforeTlsIsReadyEndsTheConnection() {
		this.announced.tls = new PassThrough();
		this.announced.slow = true;
		write("\u0016");
		write("x".repeat(64 * 1024));
		assertThat(this.channel.isOpen()).isFalse();
		this.announced.waiting.run();
		assertThat(this.announced.protocols).isEmpty();
	}

	@Test
	void tlsInsideTlsIsRefused() {
		this.announced.tls = new PassThrough();
		write("\u0016");
		write("\u0016");
		assertThat(this.channel.isOpen()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "AMQ", "GE", "\u0016" })
	void connectionThatDoesNotAnnounceItsProtocolInTimeIsClosed(String bytes) {
		this.announced.tls = new PassThrough();
		this.channel.freezeTime();
		write(bytes);
		this.channel.advanceTimeBy(ProtocolDetector.LIMIT_SECONDS - 1, TimeUnit.SECONDS);
		this.channel.runScheduledPendingTasks();
		assertThat(this.channel.isOpen()).isTrue();
		this.channel.advanceTimeBy(2, TimeUnit.SECONDS);
		this.channel.runScheduledPendingTasks();
		assertThat(this.channel.isOpen()).isFalse();
	}

	@Test
	void tlsDoesNotStartTheTimeAgain() {
		this.announced.tls = new PassThrough();
		this.channel.freezeTime();
		this.channel.advanceTimeBy(ProtocolDetector.LIMIT_SECONDS - 1, TimeUnit.SECONDS);
		write("\u0016");
		this.channel.advanceTimeBy(2, TimeUnit.SECONDS);
		this.channel.runScheduledPendingTasks();
		assertThat(this.channel.isOpen()).isFalse();
	}

	@Test
	void announcedProtocolHasNoTimeLimitOfTheDetector() {
		this.channel.freezeTime();
		write("AMQP");
		this.channel.advanceTimeBy(1, TimeUnit.HOURS);
		this.channel.runScheduledPendingTasks();
		assertThat(this.channel.isOpen()).isTrue();
	}

	private void write(String bytes) {
		this.channel.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1));
	}

	private String received() {
		StringBuilder all = new StringBuilder();
		for (ByteBuf next = this.channel.readInbound(); next != null; next = this.channel.readInbound()) {
			all.append(next.toString(StandardCharsets.ISO_8859_1));
			next.release();
		}
		return all.toString();
	}

	/**
	 * Remembers what was announced and lets the bytes through.
	 */
	private static final class Announced implements ProtocolDetector.Protocols {

		private final List<String> protocols = new ArrayList<>();

		private @Nullable ChannelHandler tls;

		private boolean slow;

		private Runnable waiting = () -> {
		};

		@Override
		public void amqp(Channel channel) {
			this.protocols.add("amqp");
		}

		@Override
		public void http(Channel channel) {
			this.protocols.add("http");
		}

		@Override
		public @Nullable Future<ChannelHandler> tls(Channel channel) {
			if (this.tls == null) {
				return null;
			}
			Promise<ChannelHandler> made = channel.eventLoop().newPromise();
			this.waiting = () -> made.setSuccess(this.tls);
			if (!this.slow) {
				this.waiting.run();
			}
			return made;
		}

	}

	/**
	 * Swallows the record that began TLS and deciphers nothing.
	 */
	private static final class PassThrough extends ChannelInboundHandlerAdapter {

		private boolean begun;

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object message) {
			if (this.begun) {
				ctx.fireChannelRead(message);
			}
			else {
				this.begun = true;
				((ByteBuf) message).release();
			}
		}

	}

}
