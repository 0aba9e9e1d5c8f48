package dev.servicebus.emulator.amqp;

import dev.servicebus.emulator.amqp.transaction.ClientTransactions;

/**
 * What one connection holds.
 *
 * @param sessions the sessions that it has accepted
 * @param transactions the transactions that it has declared
 */
record ClientHoldings(SessionHoldings sessions, ClientTransactions transactions) {

}
