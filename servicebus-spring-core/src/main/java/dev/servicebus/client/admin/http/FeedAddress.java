package dev.servicebus.client.admin.http;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where the management feed of a namespace is. Immutable.
 *
 * @param endpoint scheme, host and port that are spoken to
 * @param namespace the host of the namespace, which tokens are for
 */
record FeedAddress(URI endpoint, String namespace) {

	private static final String VERSION = "api-version=2021-05";

	FeedAddress {
		if (endpoint.getHost() == null || !endpoint.getPath().replace("/", "").isEmpty()
				|| endpoint.getRawQuery() != null) {
			throw new IllegalArgumentException(
					"endpoint must be a URI of scheme, host and port only, but is '" + endpoint + "'");
		}
	}

	/**
	 * An address with the parts of an endpoint.
	 * @param scheme {@code http} or {@code https}
	 * @param host the host, in brackets if it is an IPv6 address
	 * @param port the port, -1 for that of the scheme
	 */
	static FeedAddress of(String scheme, String host, int port) {
		try {
			return new FeedAddress(new URI(scheme, null, host, port, null, null, null), host);
		}
		catch (URISyntaxException ex) {
			throw new IllegalArgumentException("'" + host + "' cannot be the host of an HTTP endpoint", ex);
		}
	}

	/**
	 * The URI of a resource.
	 * @param path relative to the namespace, not encoded
	 * @param query the query without the version, empty for none
	 */
	URI resource(String path, String query) {
		try {
			URI uri = new URI(this.endpoint.getScheme(), null, this.endpoint.getHost(), this.endpoint.getPort(),
					'/' + path, query.isEmpty() ? VERSION : VERSION + '&' + query, null);
			return URI.create(uri.toASCIIString());
		}
		catch (URISyntaxException ex) {
			throw new IllegalArgumentException("'" + path + "' cannot be the path of an entity", ex);
		}
	}

	/**
	 * What a token has to be for to give a right on a resource.
	 */
	String audience(String path) {
		return "https://" + this.namespace + '/' + path;
	}

}
