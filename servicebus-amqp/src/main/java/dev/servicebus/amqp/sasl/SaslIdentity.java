package dev.servicebus.amqp.sasl;

import org.jspecify.annotations.Nullable;

/**
 * The result of SASL. Immutable.
 *
 * @param mechanism the mechanism that was used, for example {@code ANONYMOUS}
 * @param name the authenticated name, {@code null} if the mechanism has none
 */
public record SaslIdentity(String mechanism, @Nullable String name) {

}
