/**
 * Turns what a broker says about a failure into the exception that a program sees, and
 * into what the client has to rebuild.
 */
@NullMarked
package dev.servicebus.client.error;

import org.jspecify.annotations.NullMarked;
