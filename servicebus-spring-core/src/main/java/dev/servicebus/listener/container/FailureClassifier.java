package dev.servicebus.listener.container;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.classify.SubclassClassifier;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.handler.invocation.MethodArgumentResolutionException;

import dev.servicebus.listener.FailureOptions;
import dev.servicebus.listener.OutcomeException;

/**
 * Tells failures apart.
 */
final class FailureClassifier {

	/** The same message would fail in the same way for ever. */
	private static final List<Class<? extends Throwable>> INCURABLE = List.of(MessageConversionException.class,
			MethodArgumentResolutionException.class);

	private final SubclassClassifier<Throwable, Decision> decisions;

	private final boolean onlyListed;

	FailureClassifier(FailureOptions options) {
		Map<Class<? extends Throwable>, Decision> types = new LinkedHashMap<>();
		options.retryable().forEach((type) -> types.put(type, Decision.RETRY));
		options.notRetryable().forEach((type) -> types.put(type, Decision.NO_RETRY));
		this.decisions = new SubclassClassifier<>(types, Decision.NONE);
		this.onlyListed = !options.retryable().isEmpty();
	}

	/**
	 * Returns whether another attempt may end better.
	 */
	boolean isRetryable(Throwable error) {
		for (Throwable link : Failures.chain(error)) {
			Decision decision = this.decisions.classify(link);
			if (decision != Decision.NONE) {
				return decision == Decision.RETRY;
			}
		}
		return !this.onlyListed && INCURABLE.stream().noneMatch((type) -> type.isInstance(error));
	}

	/**
	 * Returns whether the virtual machine itself is in trouble.
	 */
	static boolean isFatal(Throwable error) {
		return Failures.chain(error)
			.stream()
			.anyMatch((link) -> link instanceof VirtualMachineError && !(link instanceof StackOverflowError));
	}

	/**
	 * What the listener has said by an exception, {@code null} for nothing.
	 */
	static @Nullable OutcomeException stated(Throwable error) {
		for (Throwable link : Failures.chain(error)) {
			if (link instanceof OutcomeException stated) {
				return stated;
			}
		}
		return null;
	}

	private enum Decision {

		RETRY, NO_RETRY, NONE

	}

}
