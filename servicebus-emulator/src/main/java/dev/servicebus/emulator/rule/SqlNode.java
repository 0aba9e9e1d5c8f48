package dev.servicebus.emulator.rule;

/**
 * A part of an SQL text that stands for something. Immutable.
 */
sealed interface SqlNode permits SqlExpression, SqlPredicate {

}
