package dev.servicebus.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import dev.servicebus.emulator.frame.Frame;

/**
 * The frames of a time. Thread-safe.
 */
public final class FrameRecording implements FrameTap {

	private final RunningEmulator emulator;

	private final List<Frame> frames = new ArrayList<>();

	private final Consumer<Frame> tap = this.frames::add;

	FrameRecording(RunningEmulator emulator) {
		this.emulator = emulator;
	}

	void start() {
		this.emulator.run(() -> this.emulator.frames().add(this.tap));
	}

	/**
	 * What has passed so far, in order.
	 */
	public List<Frame> frames() {
		return this.emulator.call(() -> List.copyOf(this.frames));
	}

	/**
	 * Forgets what has passed and goes on.
	 */
	public void clear() {
		this.emulator.run(this.frames::clear);
	}

	/**
	 * Ends the recording; its frames stay.
	 */
	@Override
	public void close() {
		this.emulator.run(() -> this.emulator.frames().remove(this.tap));
	}

}
