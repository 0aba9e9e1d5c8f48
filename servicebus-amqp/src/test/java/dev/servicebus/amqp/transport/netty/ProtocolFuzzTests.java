package dev.servicebus.amqp.transport.netty;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

import dev.servicebus.amqp.transport.http.HttpRequest;
import dev.servicebus.amqp.transport.http.HttpResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bytes that are nearly a protocol. Each connection is answered, goes on or is closed;
 * nothing is thrown and nothing is kept.
 */
@Timeout(3600)
@ExtendWith(LeaksFail.class)
class ProtocolFuzzTests {

	private static final int RUNS = Integer.getInteger("servicebus.fuzz.runs", 5_000);

	private static final String[] CONVERSATIONS = { "AMQP\3\1\0\0", "\u0016\3\1\0\5hello", """
			GET /$servicebus/websocket?x=%20y HTTP/1.1\r
			Host: localhost\r
			\r
			GET https://localhost/queue?api-version=2021-05 HTTP/1.1\r
			Host: localhost\r
			\r
			""", """
			PUT /queue HTTP/1.1\r
			Host: localhost\r
			Expect: 100-continue\r
			Content-Length: 5\r
			\r
			hello""", """
			POST /queue HTTP/1.1\r
			Host: localhost\r
			Transfer-Encoding: chunked\r
			\r
			5\r
			hello\r
			0\r
			\r
			""" };

	@Test
	void mutatedBytesAreAnsweredOrRefused() {
		long seed = new Random().nextLong();
		for (int i = 0; i < RUNS; i++) {
			Random random = new Random(seed + i);
			byte[] bytes = mutate(CONVERSATIONS[random.nextInt(CONVERSATIONS.length)], random);
			try {
				tryOut(bytes, random);
			}
			catch (Throwable ex) {
				throw new AssertionError("seed " + (seed + i), ex);
			}
		}
	}

	private static void tryOut(byte[] bytes, Random random) {
		EmbeddedChannel channel = new EmbeddedChannel(new ProtocolDetector(new Spoken()));
		try {
			int cut = random.nextInt(bytes.length + 1);
			channel.writeInbound(Unpooled.copiedBuffer(bytes, 0, cut));
			if (channel.isOpen()) {
				channel.writeInbound(Unpooled.copiedBuffer(bytes, cut, bytes.length - cut));
			}
			channel.checkException();
			ByteBuf answer = channel.readOutbound();
			if (answer != null) {
				assertThat(answer.toString(StandardCharsets.ISO_8859_1)).startsWith("HTTP/1.1 ");
				answer.release();
			}
		}
		finally {
			channel.finishAndReleaseAll();
		}
	}

	private static byte[] mutate(String conversation, Random random) {
		byte[] bytes = conversation.getBytes(StandardCharsets.ISO_8859_1);
		for (int i = random.nextInt(4); i >= 0; i--) {
			int index = random.nextInt(bytes.length);
			switch (random.nextInt(3)) {
				case 0 -> bytes[index] = (byte) random.nextInt();
				case 1 -> bytes[index] = bytes[random.nextInt(bytes.length)];
				default -> bytes = Arrays.copyOf(bytes, index + 1);
			}
		}
		return bytes;
	}

	private static HttpResponse answer(HttpRequest request) {
		return HttpResponse.text(200, request + " " + request.query() + request.text().length());
	}

	/**
	 * HTTP in earnest; AMQP and TLS are only recognized.
	 */
	private static final class Spoken implements ProtocolDetector.Protocols {

		@Override
		public void amqp(Channel channel) {
		}

		@Override
		public void http(Channel channel) {
			new HttpProtocol(ProtocolFuzzTests::answer).accept(channel);
		}

		@Override
		public @Nullable Future<ChannelHandler> tls(Channel channel) {
			return null;
		}

	}

}
