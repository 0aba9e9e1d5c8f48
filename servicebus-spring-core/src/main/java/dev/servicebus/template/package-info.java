/**
 * Sending and receiving in application code.
 */
@NullMarked
package dev.servicebus.template;

import org.jspecify.annotations.NullMarked;
