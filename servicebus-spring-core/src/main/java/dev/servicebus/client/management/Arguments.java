package dev.servicebus.client.management;

import java.util.List;

/**
 * Checks what requests are made of.
 */
final class Arguments {

	private Arguments() {
	}

	/**
	 * Checks which part of a list is asked for.
	 */
	static void page(int skip, int top) {
		if (skip < 0) {
			throw new IllegalArgumentException("skip must not be negative but is " + skip);
		}
		if (top < 1) {
			throw new IllegalArgumentException("top must be at least 1 but is " + top);
		}
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
