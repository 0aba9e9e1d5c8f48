/**
 * The descriptions that are the content of the administration feed: one class for each
 * kind of entity turns it into elements and elements into its options.
 */
@NullMarked
package dev.servicebus.emulator.admin.description;

import org.jspecify.annotations.NullMarked;
