package dev.servicebus.boot.autoconfigure;

import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Sets options from properties one by one, so that a value that the options refuse is
 * reported under the name of its property.
 *
 * @param <B> the builder of the options
 */
final class OptionSetter<B> {

	private final String prefix;

	private final B builder;

	private final Consumer<B> build;

	/**
	 * Makes a setter.
	 * @param prefix what the names of the properties begin with
	 * @param builder takes the values
	 * @param build throws if the values are not acceptable
	 */
	OptionSetter(String prefix, B builder, Consumer<B> build) {
		this.prefix = prefix;
		this.builder = builder;
		this.build = build;
	}

	/**
	 * Sets an option unless its property is not set.
	 */
	<T> OptionSetter<B> set(String name, @Nullable T value, BiConsumer<B, T> setter) {
		if (value != null) {
			try {
				setter.accept(this.builder, value);
				this.build.accept(this.builder);
			}
			catch (RuntimeException ex) {
				throw new InvalidConfigurationPropertyValueException(this.prefix + "." + name, value,
						String.valueOf(ex.getMessage()), ex);
			}
		}
		return this;
	}

}
