/**
 * The emulator compared with a broker that Java programs embed in their tests.
 */
@NullMarked
package dev.servicebus.benchmarks.scenario.emulator;

import org.jspecify.annotations.NullMarked;
