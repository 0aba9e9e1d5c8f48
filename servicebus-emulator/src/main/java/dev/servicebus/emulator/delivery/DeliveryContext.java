package dev.servicebus.emulator.delivery;

import dev.servicebus.emulator.time.BrokerTimers;

/**
 * What all queues of a broker share.
 *
 * @param timers the broker's time
 * @param lockTokens names the locks
 */
public record DeliveryContext(BrokerTimers timers, LockTokens lockTokens) {

}
