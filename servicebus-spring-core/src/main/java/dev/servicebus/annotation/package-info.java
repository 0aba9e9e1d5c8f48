/**
 * Listeners by annotation.
 */
@NullMarked
package dev.servicebus.annotation;

import org.jspecify.annotations.NullMarked;
