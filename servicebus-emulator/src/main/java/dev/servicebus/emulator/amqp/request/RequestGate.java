package dev.servicebus.emulator.amqp.request;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Stands before a node and decides what becomes of requests.
 */
@FunctionalInterface
public interface RequestGate {

	/** Lets every request pass and every response out. */
	RequestGate OPEN = (node, request, work, answer) -> answer.accept(work.get());

	/**
	 * Lets a request pass.
	 * @param node the name of the node
	 * @param request the request
	 * @param work carries it out, at most once
	 * @param answer takes the response, at most once and not before this call
	 */
	void pass(String node, Request request, Supplier<Response> work, Consumer<Response> answer);

}
