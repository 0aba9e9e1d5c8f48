package dev.servicebus.emulator.amqp;

import java.util.function.Predicate;

import dev.servicebus.emulator.auth.Right;
import dev.servicebus.emulator.entity.BrowsableEntity;
import dev.servicebus.emulator.entity.EntityAddress;
import dev.servicebus.emulator.entity.MissingEntities;
import dev.servicebus.emulator.entity.Namespace;
import dev.servicebus.emulator.entity.ReceivableEntity;
import dev.servicebus.emulator.entity.SendableEntity;
import dev.servicebus.emulator.entity.SubQueue;

/**
 * Finds entities for one client and checks its rights. A missing entity is reported
 * before missing rights; but where entities come into being by being used, only those who
 * may use one create it.
 */
final class EntityAccess {

	private final Namespace namespace;

	private final Grants grants;

	EntityAccess(Namespace namespace, Grants grants) {
		this.namespace = namespace;
		this.grants = grants;
	}

	SendableEntity toSend(EntityAddress address) {
		if (createsEntities()) {
			this.grants.require(Right.SEND, address.path());
		}
		SendableEntity target = this.namespace.target(address);
		this.grants.require(Right.SEND, address.path());
		return target;
	}

	ReceivableEntity toReceive(EntityAddress address) {
		if (createsEntities()) {
			this.grants.require(Right.LISTEN, address.path());
		}
		ReceivableEntity source = this.namespace.source(address);
		this.grants.require(Right.LISTEN, address.path());
		return source;
	}

	/**
	 * Each operation of a management node takes a right of its own; to reach the node,
	 * any is enough.
	 */
	BrowsableEntity toManage(EntityAddress address) {
		if (createsEntities()) {
			this.grants.requireAny(managementPath(address));
		}
		BrowsableEntity entity = this.namespace.browsable(address);
		this.grants.requireAny(managementPath(address));
		return entity;
	}

	/**
	 * Refuses the address of an entity that does not exist, unless it comes into being by
	 * being used.
	 */
	void checkExists(EntityAddress address) {
		if (!createsEntities() && !address.entity().isEmpty()) {
			this.namespace.browsable(new EntityAddress(address.entity(), SubQueue.NONE, false));
		}
	}

	/**
	 * The rights at a management node, asked for at every use.
	 */
	Predicate<Right> managementRights(EntityAddress address) {
		String path = managementPath(address);
		return (right) -> this.grants.allow(right, path);
	}

	private boolean createsEntities() {
		return this.namespace.options().missingEntities() == MissingEntities.CREATE;
	}

	/**
	 * Some clients show a token for the node and not for its entity.
	 */
	private static String managementPath(EntityAddress address) {
		return address.path() + "/$management";
	}

}
