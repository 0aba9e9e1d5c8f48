package dev.servicebus.emulator.admin.description;

import java.time.Duration;

import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.entity.EntityOptionsBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Options in the making: begins with those that hold, and takes what a description says
 * in whatever order. The window of duplicate detection is kept even where nothing is
 * detected.
 */
final class OptionsDraft {

	private static final String WINDOW = "DuplicateDetectionHistoryTimeWindow";

	private final EntityOptionsBuilder options;

	private boolean detectsDuplicates;

	private Duration duplicateWindow;

	OptionsDraft(EntityOptions current) {
		this.options = current.mutate();
		this.detectsDuplicates = current.requiresDuplicateDetection();
		this.duplicateWindow = duplicateWindow(current);
	}

	/**
	 * The window of duplicate detection, in use or not.
	 */
	static Duration duplicateWindow(EntityOptions options) {
		Duration active = options.duplicateDetectionWindow();
		String passive = options.passiveSettings().get(WINDOW);
		if (active == null && passive != null) {
			return IsoDuration.parse(passive);
		}
		return (active != null) ? active : EntityOptions.DEFAULT_DUPLICATE_DETECTION_WINDOW;
	}

	EntityOptionsBuilder options() {
		return this.options;
	}

	void detectDuplicates(boolean detect) {
		this.detectsDuplicates = detect;
	}

	void duplicateWindow(Duration window) {
		this.duplicateWindow = window;
	}

	/**
	 * Forgets what only a description can say, so that leaving it out removes it.
	 */
	void forgetTexts() {
		this.options.forwardTo(null).forwardDeadLetteredMessagesTo(null).userMetadata(null);
	}

	/**
	 * Builds the options.
	 * @throws dev.servicebus.emulator.store.BrokerException if a value is out of its
	 * range
	 */
	EntityOptions build() {
		@Nullable Duration window = this.detectsDuplicates ? this.duplicateWindow : null;
		return this.options.duplicateDetectionWindow(window)
			.passiveSetting(WINDOW, IsoDuration.format(this.duplicateWindow))
			.build();
	}

}
