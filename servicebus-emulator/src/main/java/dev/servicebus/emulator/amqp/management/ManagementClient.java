package dev.servicebus.emulator.amqp.management;

import java.util.function.Predicate;

import dev.servicebus.emulator.amqp.transaction.ClientTransactions;
import dev.servicebus.emulator.auth.Right;

/**
 * What a management node knows about the connection that it serves, asked for at every
 * request.
 *
 * @param rights whether the client has a right on the entity
 * @param sessions the sessions of the entity that the client holds
 * @param transactions the transactions that the client has declared
 */
public record ManagementClient(Predicate<Right> rights, HeldSessions sessions, ClientTransactions transactions) {

}
