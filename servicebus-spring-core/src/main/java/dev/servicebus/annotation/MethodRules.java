package dev.servicebus.annotation;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ReactiveAdapterRegistry;

import dev.servicebus.client.ServiceBusSession;
import dev.servicebus.listener.BatchSettlement;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.MessageLock;
import dev.servicebus.listener.SessionContext;
import dev.servicebus.listener.SessionState;
import dev.servicebus.listener.Settlement;
import dev.servicebus.listener.SettlementMode;

/**
 * Refuses methods that a listener with the options that it has turned out to have could
 * not call, or only in vain.
 */
final class MethodRules {

	private static final Set<Class<?>> OF_SESSIONS = Set.of(ServiceBusSession.class, SessionContext.class,
			SessionState.class);

	private static final Set<Class<?>> OF_LOCKED_MESSAGES = Set.of(Settlement.class, BatchSettlement.class,
			MessageLock.class);

	private final ListenerDeclaration declaration;

	private final ListenerOptions options;

	MethodRules(ListenerDeclaration declaration, ListenerOptions options) {
		this.declaration = declaration;
		this.options = options;
	}

	void check() {
		this.declaration.methods().forEach((method) -> {
			Arrays.stream(method.getParameterTypes()).forEach((type) -> check(method, type));
			if (this.options.transactional() && isAsync(method.getReturnType())) {
				throw refused(method, "a result of type " + method.getReturnType().getSimpleName()
						+ " comes later, but with transactional = \"true\" the method must be done when it returns");
			}
		});
	}

	private void check(Method method, Class<?> parameter) {
		String reason = reason(parameter);
		if (reason != null) {
			throw refused(method, "a parameter of type " + parameter.getSimpleName() + " " + reason);
		}
	}

	private @Nullable String reason(Class<?> parameter) {
		if (OF_SESSIONS.contains(parameter) && !this.options.sessions().enabled()) {
			return "only has a meaning with sessions = \"true\"";
		}
		if (OF_LOCKED_MESSAGES.contains(parameter) && this.options.settlement() == SettlementMode.RECEIVE_AND_DELETE) {
			return "has no meaning with settlement = \"receive-and-delete\": what is deleted on delivery has no lock,"
					+ " and is not settled";
		}
		return Throwable.class.isAssignableFrom(parameter) ? "is for methods with @DeadLetterHandler only" : null;
	}

	private static boolean isAsync(Class<?> result) {
		return CompletionStage.class.isAssignableFrom(result)
				|| ReactiveAdapterRegistry.getSharedInstance().getAdapter(result) != null;
	}

	private InvalidListenerException refused(Method method, String reason) {
		return this.declaration.invalid(
				(this.declaration.isOfClass() ? "method " + ListenerDeclaration.describe(method) + ": " : "") + reason,
				null);
	}

}
