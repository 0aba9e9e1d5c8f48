package dev.servicebus.client.amqp;

import dev.servicebus.client.Disposition;

/**
 * What becomes of a message, and on what terms. Immutable.
 *
 * @param disposition what becomes of it
 * @param terms the time limit and the transaction
 */
record Settlement(Disposition disposition, WorkTerms terms) {

}
