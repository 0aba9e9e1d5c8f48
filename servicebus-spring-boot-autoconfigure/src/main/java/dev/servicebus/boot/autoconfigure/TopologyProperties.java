package dev.servicebus.boot.autoconfigure;

import dev.servicebus.topology.TopologyMode;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties {@code servicebus.topology.*}.
 *
 * @param mode What to do, before listeners start, about the entities that beans declare
 * and listeners name.
 */
public record TopologyProperties(@DefaultValue("none") TopologyMode mode) {

}
