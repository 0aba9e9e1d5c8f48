package dev.servicebus.emulator.admin.atom;

import java.time.Instant;
import java.util.function.Consumer;

/**
 * One resource as the feed shows it. Immutable.
 *
 * @param title its name
 * @param id its URL
 * @param published when it was created
 * @param updated when it was last changed
 * @param description writes the element that describes it
 */
public record AtomEntry(String title, String id, Instant published, Instant updated, Consumer<XmlWriter> description) {

}
