package dev.servicebus.topology;

/**
 * What is wrong with one entity. Immutable.
 *
 * @param entity the entity with its kind, for example {@code queue 'orders'}
 * @param problem what is wrong with it, for example {@code does not exist}
 */
public record TopologyProblem(String entity, String problem) {

	@Override
	public String toString() {
		return this.entity + " " + this.problem;
	}

}
