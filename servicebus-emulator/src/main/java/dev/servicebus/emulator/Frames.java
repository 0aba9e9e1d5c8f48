package dev.servicebus.emulator;

import java.util.function.Consumer;

import dev.servicebus.emulator.frame.Frame;

/**
 * The AMQP frames between clients and the emulator, in both directions.
 *
 * <pre>{@code
 * try (FrameRecording recording = emulator.frames().record()) {
 *     application.sendsSomething();
 *     assertThat(recording.frames()).anyMatch((frame) -> frame.isFromClient("transfer"));
 * }
 * }</pre>
 *
 * <p>
 * Connections that are open already are included from here on. Costs nothing while nobody
 * looks. Thread-safe.
 */
public final class Frames {

	private final RunningEmulator emulator;

	Frames(RunningEmulator emulator) {
		this.emulator = emulator;
	}

	/**
	 * Keeps every frame from now on, until the recording is closed.
	 */
	public FrameRecording record() {
		FrameRecording recording = new FrameRecording(this.emulator);
		recording.start();
		return recording;
	}

	/**
	 * Shows every frame from now on, in order.
	 * @param tap sees them on the emulator's only thread and must not wait; what it
	 * throws is logged
	 * @return ends it
	 */
	public FrameTap tap(Consumer<? super Frame> tap) {
		// A lambda of its own, or a consumer that is given twice would be removed twice.
		Consumer<Frame> entry = tap::accept;
		this.emulator.run(() -> this.emulator.frames().add(entry));
		return () -> this.emulator.run(() -> this.emulator.frames().remove(entry));
	}

}
