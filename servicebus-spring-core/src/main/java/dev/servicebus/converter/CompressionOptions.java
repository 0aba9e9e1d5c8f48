package dev.servicebus.converter;

/**
 * How large bodies are compressed, with gzip, and how large they may become when they are
 * decompressed. Immutable.
 *
 * @param minSize the smallest body that is compressed, in bytes; {@link #NEVER} for none
 * @param maxInflatedSize the largest that a received body may become, in bytes, so that
 * few bytes on the wire cannot fill the memory
 */
public record CompressionOptions(long minSize, long maxInflatedSize) {

	/** A size that no body has. */
	public static final long NEVER = Long.MAX_VALUE;

	/** 32 MiB. */
	public static final long DEFAULT_MAX_INFLATED_SIZE = 32L << 20;

	/** Compresses nothing, and decompresses what comes compressed. */
	public static final CompressionOptions DEFAULT = new CompressionOptions(NEVER, DEFAULT_MAX_INFLATED_SIZE);

	private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

	public CompressionOptions {
		if (minSize < 0) {
			throw new IllegalArgumentException("minSize must not be negative but is " + minSize);
		}
		if (maxInflatedSize < 1 || maxInflatedSize > LARGEST_ARRAY) {
			throw new IllegalArgumentException(
					"maxInflatedSize must be from 1 byte to 2 GiB but is " + maxInflatedSize);
		}
	}

	public CompressionOptions withMinSize(long newMinSize) {
		return new CompressionOptions(newMinSize, this.maxInflatedSize);
	}

	public CompressionOptions withMaxInflatedSize(long newMaxInflatedSize) {
		return new CompressionOptions(this.minSize, newMaxInflatedSize);
	}

}
