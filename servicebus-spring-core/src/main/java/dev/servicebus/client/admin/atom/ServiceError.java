package dev.servicebus.client.admin.atom;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What the service says about a failure. Immutable.
 *
 * @param detail the text, with a sub-code and a tracking id; {@code null} if there is
 * none
 */
public record ServiceError(@Nullable String detail) {

	/**
	 * Reads an error; empty if the document is something else, for example the page of a
	 * proxy.
	 */
	public static Optional<ServiceError> parse(byte[] document) {
		try {
			XmlElement root = XmlReader.read(document);
			return root.name().equals("Error") ? Optional.of(new ServiceError(root.childText("Detail")))
					: Optional.empty();
		}
		catch (MalformedDocumentException ex) {
			return Optional.empty();
		}
	}

}
