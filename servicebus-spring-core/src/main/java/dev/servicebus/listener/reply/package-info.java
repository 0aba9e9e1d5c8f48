/**
 * Answers to requests: where they go, what they carry, and what tells a requester that
 * its request has failed.
 */
@NullMarked
package dev.servicebus.listener.reply;

import org.jspecify.annotations.NullMarked;
