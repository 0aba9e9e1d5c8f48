package dev.servicebus.client.management;

import org.jspecify.annotations.Nullable;

/**
 * What receivers have stored with a session.
 *
 * @param bytes the state, {@code null} if there is none; not copied
 */
public record SessionState(byte @Nullable [] bytes) {

}
