/**
 * The administration client over the management feed of a namespace:
 * {@code ServiceBusAdministrationClient}, on the HTTP client of the JDK.
 */
@NullMarked
package dev.servicebus.client.admin.http;

import org.jspecify.annotations.NullMarked;
