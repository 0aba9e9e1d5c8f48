/**
 * Auto-configuration of client, template and listeners from {@code servicebus.*}
 * properties, and of an emulator where no namespace is configured.
 */
@NullMarked
package dev.servicebus.boot.autoconfigure;

import org.jspecify.annotations.NullMarked;
