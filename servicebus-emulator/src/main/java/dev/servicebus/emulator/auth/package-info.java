/**
 * Who may do what: authorization rules with their keys, and the verification of the
 * shared access signature tokens and passwords that clients show. Knows neither the wire
 * nor the broker.
 */
@NullMarked
package dev.servicebus.emulator.auth;

import org.jspecify.annotations.NullMarked;
