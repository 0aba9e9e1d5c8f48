package dev.servicebus.emulator.admin.description;

import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;

import dev.servicebus.emulator.admin.atom.XmlWriter;
import dev.servicebus.emulator.entity.EntityOptions;
import org.jspecify.annotations.Nullable;

/**
 * One element of a description that stands for an option. Immutable.
 *
 * @param name the name of the element
 * @param writer its text, {@code null} to leave it out
 * @param reader takes its text, which is not empty
 */
record Setting(String name, BiFunction<EntityOptions, FeedLinks, @Nullable String> writer,
		BiConsumer<OptionsDraft, String> reader) implements Part {

	static Setting flag(String name, Function<EntityOptions, Boolean> getter,
			BiConsumer<OptionsDraft, Boolean> setter) {
		return new Setting(name, (options, links) -> getter.apply(options).toString(),
				(draft, text) -> setter.accept(draft, Values.read(name, text, "true or false", Values::flag)));
	}

	/**
	 * A whole number that is not negative.
	 */
	static Setting number(String name, int max, Function<EntityOptions, Number> getter,
			BiConsumer<OptionsDraft, Integer> setter) {
		return new Setting(name, (options, links) -> getter.apply(options).toString(),
				(draft, text) -> setter.accept(draft,
						Values.read(name, text, "a number from 0 to " + max, (number) -> Values.number(number, max))));
	}

	static Setting duration(String name, Function<EntityOptions, Duration> getter,
			BiConsumer<OptionsDraft, Duration> setter) {
		return new Setting(name, (options, links) -> IsoDuration.format(getter.apply(options)),
				(draft, text) -> setter.accept(draft, Values.read(name, text, "a duration", Values::duration)));
	}

	/**
	 * The path of another entity, which is shown as a URL.
	 */
	static Setting entity(String name, Function<EntityOptions, @Nullable String> getter,
			BiConsumer<OptionsDraft, String> setter) {
		return new Setting(name, (options, links) -> {
			String path = getter.apply(options);
			return (path != null) ? links.entity(path) : null;
		}, (draft, text) -> setter.accept(draft, Values.read(name, text, "the path of an entity", Values::path)));
	}

	/**
	 * Something that changes nothing and is only kept.
	 */
	static Setting passiveFlag(String name, boolean defaultValue) {
		return flag(name,
				(options) -> Boolean
					.valueOf(options.passiveSettings().getOrDefault(name, Boolean.toString(defaultValue))),
				(draft, value) -> draft.options().passiveSetting(name, value.toString()));
	}

	@Override
	public void write(DescribedEntity entity, FeedLinks links, XmlWriter xml) {
		xml.element(this.name, this.writer.apply(entity.options(), links));
	}

}
