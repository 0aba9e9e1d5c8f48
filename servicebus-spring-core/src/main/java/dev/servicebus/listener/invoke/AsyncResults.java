package dev.servicebus.listener.invoke;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.messaging.handler.invocation.ReactiveReturnValueHandler;
import org.springframework.util.ClassUtils;

/**
 * Recognizes results that come later: completion stages and, where Reactor is present,
 * the single values of reactive libraries.
 */
final class AsyncResults {

	private static final boolean REACTOR = ClassUtils.isPresent("reactor.core.publisher.Mono",
			AsyncResults.class.getClassLoader());

	private final MethodParameter returnType;

	private final @Nullable ReactiveReturnValueHandler reactive;

	/**
	 * Makes what recognizes the results of one method.
	 * @throws IllegalArgumentException if the method returns any number of values
	 */
	AsyncResults(MethodParameter returnType) {
		this.returnType = returnType;
		this.reactive = REACTOR ? new ReactiveReturnValueHandler() : null;
		Class<?> type = returnType.getParameterType();
		ReactiveAdapter adapter = REACTOR ? ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) : null;
		if (adapter != null && adapter.isMultiValue()) {
			throw new IllegalArgumentException("it returns a " + type.getSimpleName()
					+ ", which is any number of values; return a Mono or a CompletableFuture of all of them");
		}
	}

	/**
	 * Returns whether the method says that its results come later.
	 */
	boolean isExpected() {
		boolean stage = CompletionStage.class.isAssignableFrom(this.returnType.getParameterType());
		return stage || SuspendingFunctions.isSuspending(this.returnType.getMethod())
				|| (this.reactive != null && this.reactive.supportsReturnType(this.returnType));
	}

	/**
	 * Returns the result as a stage, {@code null} if it is there already.
	 */
	@Nullable CompletionStage<?> pending(Object result) {
		if (result instanceof CompletionStage<?> stage) {
			return stage;
		}
		ReactiveReturnValueHandler handler = this.reactive;
		return (handler != null && handler.isAsyncReturnValue(result, this.returnType))
				? handler.toCompletableFuture(result, this.returnType) : null;
	}

}
