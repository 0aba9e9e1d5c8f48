package dev.servicebus.client.admin.atom;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.servicebus.client.admin.OtherElement;

/**
 * The order in which the elements of a description have to come, and what becomes of
 * them: an element out of order is ignored by the service, or refused.
 */
final class Layout {

	private final Map<String, Integer> positions = new HashMap<>();

	/** Elements for which there is a property. */
	private final List<String> own = new ArrayList<>();

	/** Elements that only the broker may write. */
	private final List<String> reported = new ArrayList<>();

	/**
	 * Adds elements for which there is a property, after those that are there.
	 */
	Layout own(String... names) {
		return add(this.own, names);
	}

	/**
	 * Adds elements that the broker writes and that are never sent back.
	 */
	Layout reported(String... names) {
		return add(this.reported, names);
	}

	/**
	 * Adds elements without a property, which are sent back as they came.
	 */
	Layout kept(String... names) {
		return add(new ArrayList<>(), names);
	}

	private Layout add(List<String> group, String... names) {
		for (String name : names) {
			group.add(name);
			this.positions.put(name, this.positions.size());
		}
		return this;
	}

	/**
	 * The elements of a description that have to be kept, each with the one before it
	 * whose place is known.
	 */
	List<OtherElement> others(XmlElement description) {
		List<OtherElement> others = new ArrayList<>();
		String after = "";
		for (XmlElement child : description.children()) {
			String name = child.name();
			if (!this.own.contains(name) && !this.reported.contains(name)) {
				Map<String, String> prefixes = new HashMap<>(description.prefixes());
				prefixes.putAll(child.prefixes());
				others.add(new OtherElement(name, after, XmlWriter.write(child.withPrefixes(prefixes))));
			}
			if (this.positions.containsKey(name)) {
				after = name;
			}
		}
		return others;
	}

	/**
	 * Brings elements into their order. What has no place of its own follows the element
	 * that it followed when it came.
	 */
	List<XmlElement> arrange(List<XmlElement> elements, List<OtherElement> others) {
		List<Placed> placed = new ArrayList<>();
		elements.forEach((element) -> placed.add(new Placed(position(element.name()), element)));
		for (OtherElement other : others) {
			int position = this.positions.containsKey(other.name()) ? position(other.name()) : position(other.after());
			placed.add(new Placed(position, XmlReader.read(other.xml())));
		}
		return placed.stream().sorted(Comparator.comparingInt(Placed::position)).map(Placed::element).toList();
	}

	private int position(String name) {
		return this.positions.getOrDefault(name, -1);
	}

	/**
	 * An element and where it belongs.
	 */
	private record Placed(int position, XmlElement element) {

	}

}
