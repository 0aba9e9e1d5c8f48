package dev.servicebus.emulator.admin;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

import dev.servicebus.amqp.transport.http.HttpRequest;
import dev.servicebus.emulator.admin.description.FeedLinks;
import org.jspecify.annotations.Nullable;

/**
 * The URLs of the feed as one client sees them: with the host that it has asked, and the
 * version of the API that it speaks. Their scheme is {@code https}, as in the service.
 * Immutable.
 *
 * @param authority host and port
 * @param apiVersion the version of the API
 */
record FeedUrls(String authority, String apiVersion) implements FeedLinks {

	private static final Pattern AUTHORITY = Pattern
		.compile("[\\w.-]{1,255}(:\\d{1,5})?|\\[[0-9A-Fa-f:.]+](:\\d{1,5})?");

	private static final Pattern VERSION = Pattern.compile("[\\w.-]{1,40}");

	private static final String DEFAULT_VERSION = "2021-05";

	static FeedUrls of(HttpRequest request, String namespace) {
		return new FeedUrls(valid(AUTHORITY, request.header("Host"), namespace),
				valid(VERSION, request.query().get("api-version"), DEFAULT_VERSION));
	}

	@Override
	public String entity(String path) {
		return url(path, null);
	}

	/**
	 * The id of an entry.
	 */
	String id(String path) {
		return url(path, version());
	}

	/**
	 * The id of a page.
	 */
	String page(String path, int skip, int top) {
		return url(path, version() + "&$skip=" + skip + "&$top=" + top);
	}

	private String version() {
		return "api-version=" + this.apiVersion;
	}

	private String url(String path, @Nullable String query) {
		try {
			return new URI("https", this.authority, "/" + path, query, null).toASCIIString();
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException("A URL with the authority '" + this.authority + "' is not valid", ex);
		}
	}

	private static String valid(Pattern pattern, @Nullable String text, String otherwise) {
		return (text != null && pattern.matcher(text).matches()) ? text : otherwise;
	}

}
