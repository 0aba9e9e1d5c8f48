package dev.servicebus.amqp.transport.netty;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.transport.http.HttpResponse;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
@ExtendWith(LeaksFail.class)
class RequestDeadlineTests {

	private final EmbeddedChannel channel = new EmbeddedChannel();

	RequestDeadlineTests() {
		this.channel.freezeTime();
		new HttpProtocol((request) -> HttpResponse.of(204)).accept(this.channel);
	}

	@AfterEach
	void close() {
		this.channel.finishAndReleaseAll();
	}

	@Test
	void requestThatDribblesOnAndOnIsNotWaitedFor() {
		write("GET / HTTP/1.1\r\n");
		for (int second = 0; second < HttpServer.REQUEST_SECONDS - 1; second++) {
			advance(1);
			write("a: b\r\n");
			assertThat(this.channel.isOpen()).isTrue();
		}
		advance(1);
		assertThat(this.channel.isOpen()).isFalse();
	}

	@Test
	void everyRequestHasATimeOfItsOwn() {
		for (int i = 0; i < 5; i++) {
			write("GET / HTTP/1.1\r\n");
			advance(HttpServer.REQUEST_SECONDS - 1);
			write("\r\n");
		}
		assertThat(this.channel.isOpen()).isTrue();
	}

	private void advance(int seconds) {
		this.channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
		this.channel.runScheduledPendingTasks();
	}

	private void write(String bytes) {
		this.channel.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.US_ASCII));
	}

}
