/**
 * Keeps one connection and its links alive: the only place that decides what is rebuilt
 * after a failure, and when. Internal to the client; public only because the client's
 * other packages use it. Everything runs on the connection's event loop unless it says
 * otherwise.
 */
@NullMarked
package dev.servicebus.client.connection;

import org.jspecify.annotations.NullMarked;
