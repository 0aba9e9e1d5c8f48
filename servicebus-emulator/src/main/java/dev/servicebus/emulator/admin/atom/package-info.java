/**
 * Reads and writes ATOM documents, whatever their content: a reader for untrusted XML,
 * and a writer with the very prefixes that clients look for.
 */
@NullMarked
package dev.servicebus.emulator.admin.atom;

import org.jspecify.annotations.NullMarked;
