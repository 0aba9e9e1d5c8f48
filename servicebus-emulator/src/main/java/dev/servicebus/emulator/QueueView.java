package dev.servicebus.emulator;

import dev.servicebus.emulator.entity.StoringEntity;

/**
 * A look into one queue of a running emulator. Thread-safe.
 */
public final class QueueView extends EntityView {

	QueueView(RunningEmulator emulator, String path) {
		super(emulator, path);
	}

	@Override
	StoringEntity entity() {
		return emulator().namespace().queue(path());
	}

}
