/**
 * Descriptions of entities as the XML of the management feed: hardened reading, and
 * writing in the order of elements on which the service insists. Nothing here sends.
 */
@NullMarked
package dev.servicebus.client.admin.atom;

import org.jspecify.annotations.NullMarked;
