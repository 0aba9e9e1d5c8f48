package dev.servicebus.listener.container;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import dev.servicebus.client.ServiceBusException;

/**
 * Several intakes as one: it receives when all of them do.
 */
final class CombinedIntake implements Intake {

	private final List<Part> parts;

	private final Intake.Listener listener;

	/**
	 * Makes an intake.
	 * @param intakes make the intakes, given who hears of them
	 */
	CombinedIntake(List<Function<Intake.Listener, Intake>> intakes, Intake.Listener listener) {
		this.listener = listener;
		this.parts = intakes.stream().map(Part::new).toList();
	}

	@Override
	public void open() {
		this.parts.forEach((part) -> part.intake.open());
	}

	@Override
	public void demand(int number) {
		this.parts.forEach((part) -> part.intake.demand(number));
	}

	@Override
	public CompletableFuture<Void> stop() {
		return all(Intake::stop);
	}

	@Override
	public CompletableFuture<Void> whenIdle() {
		return all(Intake::whenIdle);
	}

	@Override
	public void close() {
		this.parts.forEach((part) -> part.intake.close());
	}

	private CompletableFuture<Void> all(Function<Intake, CompletableFuture<Void>> method) {
		return CompletableFuture
			.allOf(this.parts.stream().map((part) -> method.apply(part.intake)).toArray(CompletableFuture<?>[]::new));
	}

	/**
	 * One of the intakes.
	 */
	private final class Part implements Intake.Listener {

		private final Intake intake;

		private volatile boolean ready;

		Part(Function<Intake.Listener, Intake> maker) {
			this.intake = maker.apply(this);
		}

		@Override
		public void onFailure(ServiceBusException failure) {
			this.ready = false;
			CombinedIntake.this.listener.onFailure(failure);
		}

		@Override
		public void onReady() {
			this.ready = true;
			if (CombinedIntake.this.parts.stream().allMatch((part) -> part.ready)) {
				CombinedIntake.this.listener.onReady();
			}
		}

	}

}
