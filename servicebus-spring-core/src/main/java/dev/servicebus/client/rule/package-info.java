/**
 * Rules of subscriptions: what they let through, and how they change it. The same values
 * serve the client and the administration client.
 */
@NullMarked
package dev.servicebus.client.rule;

import org.jspecify.annotations.NullMarked;
