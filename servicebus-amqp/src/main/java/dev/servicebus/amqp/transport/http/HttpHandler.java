package dev.servicebus.amqp.transport.http;

/**
 * Answers requests. Called on the loop of the server, one request of a connection after
 * the other, and must not block. An exception is answered with status 500 and logged;
 * nothing of it reaches the client.
 */
@FunctionalInterface
public interface HttpHandler {

	HttpResponse handle(HttpRequest request);

}
