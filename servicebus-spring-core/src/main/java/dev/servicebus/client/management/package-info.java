/**
 * The operations of an entity's management node as typed requests and results. Nothing
 * here sends or waits.
 */
@NullMarked
package dev.servicebus.client.management;

import org.jspecify.annotations.NullMarked;
