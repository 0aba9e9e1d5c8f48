package dev.servicebus.emulator.amqp.fault;

import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.emulator.amqp.request.Request;
import dev.servicebus.emulator.amqp.request.RequestGate;
import dev.servicebus.emulator.amqp.request.Response;
import dev.servicebus.emulator.entity.EntityAddress;
import dev.servicebus.emulator.fault.FaultError;
import dev.servicebus.emulator.fault.FaultPoint;

/**
 * Requests that may fail or never be answered. Tokens are requests to a node of their
 * own; their entity is the one that they are shown for.
 */
final class FaultyRequests implements RequestGate {

	private static final String TOKENS = "$cbs";

	private final ConnectionFaults faults;

	FaultyRequests(ConnectionFaults faults) {
		this.faults = faults;
	}

	@Override
	public void pass(String node, Request request, Supplier<Response> work, Consumer<Response> answer) {
		if (this.faults.isQuiet()) {
			answer.accept(work.get());
			return;
		}
		Passage passage = new RequestPassage(work, answer);
		if (node.toLowerCase(Locale.ROOT).equals(TOKENS)) {
			String audience = request.text("name");
			this.faults.pass(FaultPoint.TOKEN, (audience != null) ? EntityAddress.parse(audience).path() : "",
					request.operation(), passage);
		}
		else {
			this.faults.pass(FaultPoint.REQUEST, node, request.operation(), passage);
		}
	}

	private record RequestPassage(Supplier<Response> work, Consumer<Response> answer) implements Passage {

		@Override
		public void goOn(Executor answers) {
			Response response = this.work.get();
			answers.execute(() -> this.answer.accept(response));
		}

		@Override
		public void refuse(FaultError error) {
			this.answer.accept(new Response(error.status(),
					(error.description() != null) ? error.description() : error.condition(),
					Symbol.of(error.condition()), null));
		}

		@Override
		public void detach(FaultError error) {
			refuse(error);
		}

	}

}
