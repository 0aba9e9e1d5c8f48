/**
 * Transactions that belong to a thread: what the template sends and how a listener's
 * message is settled are done as a whole.
 */
@NullMarked
package dev.servicebus.transaction;

import org.jspecify.annotations.NullMarked;
