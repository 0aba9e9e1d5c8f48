package dev.servicebus.emulator.admin;

import dev.servicebus.emulator.admin.atom.XmlElement;
import dev.servicebus.emulator.admin.description.EntityDescription;
import dev.servicebus.emulator.entity.ConfigurableEntity;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.entity.Namespace;

/**
 * Reads options that an entity can have in its namespace.
 */
final class OptionsReader {

	private static final String PARTITIONING = "EnablePartitioning";

	private final ForwardingCheck forwarding;

	OptionsReader(Namespace namespace) {
		this.forwarding = new ForwardingCheck(namespace);
	}

	/**
	 * The options of an entity that shall be created, with the defaults of the service.
	 */
	EntityOptions create(String path, EntityDescription kind, XmlElement description) {
		EntityOptions created = kind.read(description, EntityOptions.DEFAULTS);
		this.forwarding.check(path, EntityOptions.DEFAULTS, created);
		return created;
	}

	/**
	 * The options that an entity shall have from now on.
	 */
	EntityOptions update(ConfigurableEntity entity, EntityDescription kind, XmlElement description) {
		EntityOptions updated = kind.read(description, entity.options());
		this.forwarding.check(entity.path(), entity.options(), updated);
		if (isPartitioned(updated) != isPartitioned(entity.options())) {
			throw FeedException
				.badRequest("Partitioning of '" + entity.path() + "' can only be set when it is created.");
		}
		return updated;
	}

	private static boolean isPartitioned(EntityOptions options) {
		return Boolean.parseBoolean(options.passiveSettings().get(PARTITIONING));
	}

}
