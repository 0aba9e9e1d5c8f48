package dev.servicebus.emulator.auth;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The path of a resource as authorization compares it: what follows scheme and authority,
 * without query, percent-decoded, without slashes around it, in lower case. The empty
 * path is the whole namespace.
 */
final class ResourcePath {

	private static final String SCHEME_END = "://";

	private ResourcePath() {
	}

	/**
	 * Reads the resource of a token or the audience for which it is shown. Clients write
	 * {@code sb://host:5672/orders}, the same with another scheme or none, and may
	 * percent-encode the text as a whole.
	 * @throws IllegalArgumentException if the text has a malformed percent-encoding
	 */
	static String parse(String resource) {
		String uri = resource.contains(SCHEME_END) ? resource : percentDecode(resource);
		int scheme = uri.indexOf(SCHEME_END);
		String rest = (scheme < 0) ? uri : uri.substring(scheme + SCHEME_END.length());
		int query = rest.indexOf('?');
		rest = (query < 0) ? rest : rest.substring(0, query);
		int path = rest.indexOf('/');
		return (path < 0) ? "" : normalize(percentDecode(rest.substring(path)));
	}

	/**
	 * Removes slashes around a path and the difference of case.
	 */
	static String normalize(String path) {
		int start = 0;
		int end = path.length();
		while (start < end && path.charAt(start) == '/') {
			start++;
		}
		while (end > start && path.charAt(end - 1) == '/') {
			end--;
		}
		return path.substring(start, end).toLowerCase(Locale.ROOT);
	}

	/**
	 * Whether {@code path} is {@code root} or lies below it. Segments count as a whole:
	 * {@code orders} does not cover {@code orders2}.
	 */
	static boolean covers(String root, String path) {
		return root.isEmpty()
				|| (path.startsWith(root) && (path.length() == root.length() || path.charAt(root.length()) == '/'));
	}

	/**
	 * Decodes {@code %xx} and nothing else; a plus sign stays what it is, as it is part
	 * of base64.
	 * @throws IllegalArgumentException if an escape is malformed
	 */
	static String percentDecode(String text) {
		return (text.indexOf('%') < 0) ? text : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
	}

}
