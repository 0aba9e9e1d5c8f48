package dev.servicebus.benchmarks.contender;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.proton.ProtonClient;
import io.vertx.proton.ProtonConnection;
import io.vertx.proton.ProtonDelivery;
import io.vertx.proton.ProtonReceiver;
import io.vertx.proton.ProtonSender;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.message.Message;

/**
 * Vert.x Proton. Everything happens on its event loop, handlers too, so there is only one
 * of them at a time.
 */
final class VertxContender implements Contender {

	private static final long PATIENCE_SECONDS = 30;

	private final Vertx vertx = Vertx.vertx();

	private final Context context = this.vertx.getOrCreateContext();

	private final ProtonConnection connection;

	VertxContender(Endpoint endpoint) {
		this.connection = await(onLoop(() -> connect(endpoint)));
	}

	private Future<ProtonConnection> connect(Endpoint endpoint) {
		Promise<ProtonConnection> connected = Promise.promise();
		ProtonClient.create(this.vertx)
			.connect(Endpoint.HOST, endpoint.port(), endpoint.keyName(), endpoint.key(),
					(result) -> connected.handle(result.map(ProtonConnection::open)));
		return connected.future();
	}

	@Override
	public Sender sender(String queue) {
		ProtonSender sender = await(onLoop(() -> Future.succeededFuture(this.connection.createSender(queue).open())));
		return (sample, end) -> this.context.runOnContext((nothing) -> sender.send(message(sample), (delivery) -> {
			if (delivery.getRemoteState() instanceof Accepted) {
				end.succeeded();
			}
			else {
				end.failed(new IllegalStateException("refused: " + delivery.getRemoteState()));
			}
		}));
	}

	@Override
	public Stop listen(Listening listening, Handler handler) {
		ProtonReceiver receiver = await(
				onLoop(() -> Future.succeededFuture(this.connection.createReceiver(listening.queue())
					.setPrefetch(listening.prefetch())
					.setAutoAccept(false)
					.handler((delivery, message) -> handle(delivery, message, handler))
					.open())));
		return () -> this.context.runOnContext((nothing) -> receiver.close());
	}

	private static void handle(ProtonDelivery delivery, Message message, Handler handler) {
		Binary body = ((Data) message.getBody()).getValue();
		byte[] bytes = new byte[body.getLength()];
		System.arraycopy(body.getArray(), body.getArrayOffset(), bytes, 0, bytes.length);
		handler.onMessage(String.valueOf(message.getMessageId()), bytes);
		delivery.disposition(Accepted.getInstance(), true);
	}

	private static Message message(Sample sample) {
		Message message = Proton.message();
		message.setMessageId(sample.messageId());
		message.setSubject(Sample.SUBJECT);
		message.setCorrelationId(Sample.CORRELATION_ID);
		message.setContentType(Sample.CONTENT_TYPE);
		message.setApplicationProperties(new ApplicationProperties(sample.applicationProperties()));
		message.setBody(new Data(new Binary(sample.content())));
		return message;
	}

	private <T> Future<T> onLoop(Supplier<Future<T>> task) {
		return Future.future((promise) -> this.context.runOnContext((nothing) -> task.get().onComplete(promise)));
	}

	private static <T> T await(Future<T> future) {
		try {
			return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ContenderFailedException(ex);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new ContenderFailedException(ex);
		}
	}

	@Override
	public void close() {
		await(this.vertx.close());
	}

}
