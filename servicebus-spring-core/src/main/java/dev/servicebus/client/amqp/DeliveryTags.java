package dev.servicebus.client.amqp;

/**
 * Tags for the deliveries of one link: four bytes, counted.
 */
final class DeliveryTags {

	private int last;

	byte[] next() {
		int number = this.last++;
		return new byte[] { (byte) (number >>> 24), (byte) (number >>> 16), (byte) (number >>> 8), (byte) number };
	}

}
