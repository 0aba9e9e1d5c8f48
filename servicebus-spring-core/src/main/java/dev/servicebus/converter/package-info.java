/**
 * Between what an application works with and what Service Bus carries: payloads become
 * bodies, headers become properties, and back.
 */
@NullMarked
package dev.servicebus.converter;

import org.jspecify.annotations.NullMarked;
