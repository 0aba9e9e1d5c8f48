/**
 * Administration over HTTP: creates, shows, changes, lists and deletes entities and their
 * rules with the requests and ATOM documents of Service Bus.
 */
@NullMarked
package dev.servicebus.emulator.admin;

import org.jspecify.annotations.NullMarked;
