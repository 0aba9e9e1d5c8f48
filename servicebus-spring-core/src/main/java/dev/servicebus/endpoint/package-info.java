/**
 * Listeners that an application declares, and the containers that are made of them.
 */
@NullMarked
package dev.servicebus.endpoint;

import org.jspecify.annotations.NullMarked;
