/**
 * Health of listeners, for Spring Boot's actuator.
 */
@NullMarked
package dev.servicebus.boot.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
