package dev.servicebus.emulator.entity;

/**
 * How a namespace behaves. Immutable.
 *
 * @param name the host name under which clients know it, for texts only
 * @param missingEntities what becomes of an operation on an entity that nobody has
 * created
 * @param defaultOptions the options of entities that are created without any
 */
public record NamespaceOptions(String name, MissingEntities missingEntities, EntityOptions defaultOptions) {

	/**
	 * Named {@code localhost}; entities have to be created, with Service Bus's options.
	 */
	public static final NamespaceOptions DEFAULTS = new NamespaceOptions("localhost", MissingEntities.REFUSE,
			EntityOptions.DEFAULTS);

	public NamespaceOptions withName(String newName) {
		return new NamespaceOptions(newName, this.missingEntities, this.defaultOptions);
	}

	public NamespaceOptions withMissingEntities(MissingEntities newMissingEntities) {
		return new NamespaceOptions(this.name, newMissingEntities, this.defaultOptions);
	}

	public NamespaceOptions withDefaultOptions(EntityOptions newDefaultOptions) {
		return new NamespaceOptions(this.name, this.missingEntities, newDefaultOptions);
	}

}
