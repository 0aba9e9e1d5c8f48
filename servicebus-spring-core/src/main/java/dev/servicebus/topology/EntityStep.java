package dev.servicebus.topology;

import java.util.Optional;

import dev.servicebus.client.MessagingEntityAlreadyExistsException;
import dev.servicebus.client.MessagingEntityNotFoundException;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.UnknownOutcomeException;
import dev.servicebus.client.admin.EntityOperations;

/**
 * Sees to one entity.
 *
 * @param <E> the entity
 * @param title what it is called where something is wrong with it
 * @param declared the entity as it is declared
 * @param name its name
 * @param entities reads and makes it
 * @param differences compares it
 */
record EntityStep<E>(String title, E declared, String name, EntityOperations<E> entities, Differences<E> differences) {

	/**
	 * Looks whether the entity is as declared, and makes it if it is missing and the mode
	 * says so.
	 * @return what is wrong with it
	 * @throws TopologyException if that cannot be known
	 */
	Optional<TopologyProblem> apply(TopologyMode mode) {
		try {
			return compare();
		}
		catch (MessagingEntityNotFoundException ex) {
			return (mode == TopologyMode.CREATE) ? create() : Optional.of(problem("does not exist"));
		}
		catch (ServiceBusException ex) {
			throw new TopologyException(problem("cannot be read: " + ex.getMessage()), ex);
		}
	}

	private Optional<TopologyProblem> create() {
		try {
			this.entities.create(this.declared);
			return Optional.empty();
		}
		catch (MessagingEntityAlreadyExistsException | UnknownOutcomeException ex) {
			// Another instance was faster, or this one was after all.
			return afterSomebodyElse(ex);
		}
		catch (ServiceBusException ex) {
			throw new TopologyException(problem("cannot be created: " + ex.getMessage()), ex);
		}
	}

	private Optional<TopologyProblem> afterSomebodyElse(ServiceBusException why) {
		try {
			return compare();
		}
		catch (ServiceBusException ex) {
			ex.addSuppressed(why);
			throw new TopologyException(problem("cannot be created: " + why.getMessage()), ex);
		}
	}

	private Optional<TopologyProblem> compare() {
		return this.differences.between(this.declared, this.entities.get(this.name)).map(this::problem);
	}

	private TopologyProblem problem(String text) {
		return new TopologyProblem(this.title, text);
	}

}
