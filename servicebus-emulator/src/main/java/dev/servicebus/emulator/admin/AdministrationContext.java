package dev.servicebus.emulator.admin;

import java.time.InstantSource;

import dev.servicebus.emulator.auth.AccessRules;
import dev.servicebus.emulator.auth.Authority;
import dev.servicebus.emulator.entity.Namespace;

/**
 * What administration works on.
 *
 * @param namespace the entities
 * @param accessRules the authorization rules that are in force
 * @param authority judges clients
 * @param clock the time of the broker, which tests can move
 * @param clientClock the time that clients have, too, by which tokens are measured
 */
public record AdministrationContext(Namespace namespace, AccessRules accessRules, Authority authority,
		InstantSource clock, InstantSource clientClock) {

}
