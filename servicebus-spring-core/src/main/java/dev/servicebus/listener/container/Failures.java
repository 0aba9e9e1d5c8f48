package dev.servicebus.listener.container;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Follows the causes of failures.
 */
final class Failures {

	private Failures() {
	}

	/**
	 * An error and what has caused it, outermost first. A chain that leads back into
	 * itself ends there.
	 */
	static List<Throwable> chain(Throwable error) {
		Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		List<Throwable> chain = new ArrayList<>();
		for (Throwable link = error; link != null && seen.add(link); link = link.getCause()) {
			chain.add(link);
		}
		return chain;
	}

}
