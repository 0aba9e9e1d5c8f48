package dev.servicebus.amqp.transport.netty;

import java.nio.ByteBuffer;
import java.util.Random;

import dev.servicebus.amqp.transport.RecordingHandler;
import dev.servicebus.amqp.transport.WebSocketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A WebSocket as a pipe of bytes, with Netty's frame codec before it where the frames
 * themselves matter.
 */
@Timeout(60)
@ExtendWith(LeaksFail.class)
class WebSocketFramesTests {

	private static final int MAX_FRAME_BYTES = 1000;

	private final RecordingHandler handler = new RecordingHandler();

	private final EmbeddedChannel channel = new EmbeddedChannel();

	WebSocketFramesTests() {
		ByteChannelBridge bridge = new ByteChannelBridge(new NettyEventLoop(this.channel.eventLoop()), this.handler,
				"peer");
		this.channel.pipeline().addLast(new WebSocketFrames(), bridge);
	}

	@AfterEach
	void close() {
		this.channel.finishAndReleaseAll();
		assertThat(this.handler.violations()).isEmpty();
	}

	@Test
	void anyFramesGiveTheSameBytes() {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		byte[] sent = new byte[50_000];
		random.nextBytes(sent);
		EmbeddedChannel peer = new EmbeddedChannel(new WebSocket13FrameEncoder(true));
		this.channel.pipeline().addFirst(decoder(true));
		boolean fragmented = false;
		for (int offset = 0; offset < sent.length;) {
			int length = Math.min(random.nextInt(MAX_FRAME_BYTES), sent.length - offset);
			ByteBuf content = Unpooled.copiedBuffer(sent, offset, length);
			boolean last = random.nextBoolean();
			peer.writeOutbound(fragmented ? new ContinuationWebSocketFrame(last, 0, content)
					: new BinaryWebSocketFrame(last, 0, content));
			fragmented = !last;
			offset += length;
			if (random.nextInt(4) == 0) {
				peer.writeOutbound(new PingWebSocketFrame());
				peer.writeOutbound(new PongWebSocketFrame());
			}
		}
		for (ByteBuf bytes = peer.readOutbound(); bytes != null; bytes = peer.readOutbound()) {
			dribble(bytes, random);
		}
		assertThat(this.handler.received()).as("seed %d", seed).isEqualTo(sent);
		assertThat(this.handler.isReadComplete()).isTrue();
	}

	@Test
	void writtenBytesLeaveInBinaryFramesOfLimitedSize() {
		byte[] sent = new byte[3 * WebSocketFrames.MAX_SENT_FRAME_BYTES + 1];
		new Random(1).nextBytes(sent);
		this.handler.channel().write(ByteBuffer.wrap(sent));
		this.handler.channel().flush();
		ByteBuf received = Unpooled.buffer();
		int frames = 0;
		for (Object frame = this.channel.readOutbound(); frame != null; frame = this.channel.readOutbound()) {
			BinaryWebSocketFrame binary = (BinaryWebSocketFrame) frame;
			assertThat(binary.isFinalFragment()).isTrue();
			assertThat(binary.content().readableBytes()).isLessThanOrEqualTo(WebSocketFrames.MAX_SENT_FRAME_BYTES);
			received.writeBytes(binary.content());
			binary.release();
			frames++;
		}
		assertThat(frames).isEqualTo(4);
		assertThat(ByteBufUtil.getBytes(received)).isEqualTo(sent);
		received.release();
	}

	@Test
	void pingIsAnsweredWithItsContent() {
		this.channel.writeInbound(new PingWebSocketFrame(Unpooled.copiedBuffer(new byte[] { 1, 2, 3 })));
		PongWebSocketFrame pong = this.channel.readOutbound();
		assertThat(ByteBufUtil.getBytes(pong.content())).containsExactly(1, 2, 3);
		pong.release();
		assertThat(this.handler.receivedCount()).isZero();
	}

	@Test
	void closeFrameIsAnOrderlyEndAndIsAnswered() {
		this.channel.writeInbound(new BinaryWebSocketFrame(Unpooled.copiedBuffer(new byte[] { 1 })),
				new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE),
				new BinaryWebSocketFrame(Unpooled.copiedBuffer(new byte[] { 2 })));
		assertThat(closeStatusSent()).isEqualTo(1000);
		assertThat(this.handler.received()).containsExactly(1);
		assertThat(this.handler.isClosed()).isTrue();
		assertThat(this.handler.cause()).isNull();
	}

	@Test
	void closeFrameWithoutStatusOrOfALeavingPeerIsOrderly() {
		this.channel.writeInbound(new CloseWebSocketFrame());
		assertThat(this.handler.isClosed()).isTrue();
		assertThat(this.handler.cause()).isNull();
	}

	@Test
	void closeFrameWithAnErrorIsTheCause() {
		this.channel.writeInbound(new CloseWebSocketFrame(WebSocketCloseStatus.MESSAGE_TOO_BIG));
		assertThat(this.handler.isClosed()).isTrue();
		assertThat(this.handler.cause()).isInstanceOf(WebSocketException.class).hasMessageContaining("1009");
	}

	@Test
	void ownCloseSaysSoAfterTheLastBytes() {
		this.handler.channel().write(ByteBuffer.wrap(new byte[] { 1 }));
		this.handler.channel().close();
		this.channel.runPendingTasks();
		BinaryWebSocketFrame last = this.channel.readOutbound();
		last.release();
		assertThat(closeStatusSent()).isEqualTo(1000);
		assertThat(this.handler.cause()).isNull();
		assertThat(this.channel.isOpen()).isFalse();
	}

	@Test
	void abortSaysNothing() {
		IllegalStateException cause = new IllegalStateException("idle");
		this.handler.channel().abort(cause);
		this.channel.runPendingTasks();
		assertThat((Object) this.channel.readOutbound()).isNull();
		assertThat(this.handler.cause()).isSameAs(cause);
	}

	@Test
	void textFrameIsATypedFailure() {
		this.channel.writeInbound(new TextWebSocketFrame("hello"));
		assertThat(closeStatusSent()).isEqualTo(1003);
		assertThat(this.handler.cause()).isInstanceOf(WebSocketException.class).hasMessageContaining("text frame");
	}

	@Test
	void frameAboveTheLimitIsATypedFailure() {
		this.channel.pipeline().addFirst(decoder(false));
		this.channel.writeInbound(frame(new byte[MAX_FRAME_BYTES]));
		assertThat(this.handler.receivedCount()).isEqualTo(MAX_FRAME_BYTES);
		this.channel.writeInbound(frame(new byte[MAX_FRAME_BYTES + 1]));
		assertThat(closeStatusSent()).isEqualTo(1009);
		assertThat(this.handler.cause()).isInstanceOf(WebSocketException.class).hasMessageContaining("1000");
	}

	@Test
	void frameThatShouldBeMaskedIsATypedFailure() {
		this.channel.pipeline().addFirst(decoder(true));
		this.channel.writeInbound(frame(new byte[10]));
		assertThat(closeStatusSent()).isEqualTo(1002);
		assertThat(this.handler.cause()).isInstanceOf(WebSocketException.class).hasMessageContaining("mask");
	}

	private static WebSocket13FrameDecoder decoder(boolean masked) {
		return new WebSocket13FrameDecoder(WebSocketFrames.READING.toBuilder()
			.expectMaskedFrames(masked)
			.maxFramePayloadLength(MAX_FRAME_BYTES)
			.build());
	}

	private static ByteBuf frame(byte[] content) {
		EmbeddedChannel peer = new EmbeddedChannel(new WebSocket13FrameEncoder(false));
		peer.writeOutbound(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(content)));
		ByteBuf whole = Unpooled.buffer();
		for (ByteBuf part = peer.readOutbound(); part != null; part = peer.readOutbound()) {
			whole.writeBytes(part);
			part.release();
		}
		return whole;
	}

	private void dribble(ByteBuf bytes, Random random) {
		while (bytes.isReadable()) {
			this.channel.writeInbound(bytes.readRetainedSlice(Math.min(1 + random.nextInt(7), bytes.readableBytes())));
		}
		bytes.release();
	}

	/** The status of the one frame that was sent. */
	private int closeStatusSent() {
		WebSocketFrame frame = this.channel.readOutbound();
		try {
			assertThat(frame).isInstanceOf(CloseWebSocketFrame.class);
			assertThat((Object) this.channel.readOutbound()).as("one close frame only").isNull();
			return ((CloseWebSocketFrame) frame).statusCode();
		}
		finally {
			frame.release();
		}
	}

}
