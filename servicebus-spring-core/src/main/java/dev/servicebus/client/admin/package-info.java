/**
 * Administration of the entities of a namespace: queues, topics, subscriptions and their
 * rules as immutable values, and the contract of the client that makes, changes and
 * deletes them.
 */
@NullMarked
package dev.servicebus.client.admin;

import org.jspecify.annotations.NullMarked;
