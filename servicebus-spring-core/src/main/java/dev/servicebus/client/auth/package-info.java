/**
 * How the client proves who it is: connection strings, shared access signatures, and the
 * SPI behind which every other kind of token comes in.
 */
@NullMarked
package dev.servicebus.client.auth;

import org.jspecify.annotations.NullMarked;
