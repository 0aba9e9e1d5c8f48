/**
 * Micrometer observations of what is sent, received, processed and settled: names,
 * contexts and the conventions by which an application may change their key values.
 */
@NullMarked
package dev.servicebus.observation;

import org.jspecify.annotations.NullMarked;
