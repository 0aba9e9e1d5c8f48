package dev.servicebus.architecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/**
 * The classes of our modules without their tests.
 */
final class OurCode implements ImportOption {

	static final String ROOT = "dev.servicebus";

	@Override
	public boolean includes(Location location) {
		return !location.contains("/test-classes/") && !location.contains("/architecture/");
	}

}
