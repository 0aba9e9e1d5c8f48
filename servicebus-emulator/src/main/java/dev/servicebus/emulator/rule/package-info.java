/**
 * Rules of subscriptions: SQL, correlation and constant filters, SQL actions, and which
 * copies of a message a subscription gets. Knows messages only as named properties.
 */
@NullMarked
package dev.servicebus.emulator.rule;

import org.jspecify.annotations.NullMarked;
