package dev.servicebus.boot.autoconfigure;

import dev.servicebus.client.admin.AdministrationClient;
import dev.servicebus.topology.TopologyManager;
import dev.servicebus.topology.TopologyMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;

/**
 * Sees to the entities before anything starts that could use them.
 */
final class TopologyInitializer implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(TopologyInitializer.class);

	private final TopologyMode mode;

	private final ObjectProvider<AdministrationClient> client;

	private final NeededEntities entities;

	private volatile boolean running;

	TopologyInitializer(TopologyMode mode, ObjectProvider<AdministrationClient> client, NeededEntities entities) {
		this.mode = mode;
		this.client = client;
		this.entities = entities;
	}

	@Override
	public void start() {
		if (this.mode != TopologyMode.NONE) {
			new TopologyManager(this.client.getObject()).apply(this.entities.topology(), this.mode);
			logger.debug("All entities that the application needs are there");
		}
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return Integer.MIN_VALUE;
	}

}
