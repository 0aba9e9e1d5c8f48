package dev.servicebus.client.management;

import java.util.List;

/**
 * Checks what requests are made of.
 */
final class Arguments {

	private Arguments() {
	}

	/**
	 * Copies a list that has to have elements.
	 */
	static <T> List<T> notEmpty(String name, List<T> list) {
		if (list.isEmpty()) {
			throw new IllegalArgumentException(name + " must not be empty");
		}
		return List.copyOf(list);
	}

}
