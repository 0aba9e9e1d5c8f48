package dev.servicebus.amqp.transport.netty;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Finds the addresses of a host. May block. Nothing is remembered beyond what the JDK
 * remembers, so that a service that moves is found.
 */
@FunctionalInterface
interface HostResolver {

	InetAddress[] resolve(String host) throws UnknownHostException;

}
