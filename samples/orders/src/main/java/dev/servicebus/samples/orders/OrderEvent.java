package dev.servicebus.samples.orders;

/**
 * Tells others what has become of an order.
 *
 * @param orderId the id of the order
 * @param status what has happened to it
 */
record OrderEvent(String orderId, String status) {

}
