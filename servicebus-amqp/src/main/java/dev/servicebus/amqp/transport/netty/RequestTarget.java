package dev.servicebus.amqp.transport.netty;

import io.netty.handler.codec.http.QueryStringDecoder;

/**
 * The target of a request. Servers have to take it with scheme and authority, too (RFC
 * 9112 section 3.2.2), and some clients always write it so.
 */
final class RequestTarget {

	private static final String SCHEME_END = "://";

	private RequestTarget() {
	}

	/**
	 * Takes a target apart.
	 * @param target as it stands in the request
	 * @return decodes path and query on demand; throws {@link IllegalArgumentException}
	 * then if they are malformed
	 */
	static QueryStringDecoder decode(String target) {
		int scheme = target.indexOf(SCHEME_END);
		if (scheme < 0 || target.startsWith("/")) {
			return new QueryStringDecoder(target);
		}
		int authority = scheme + SCHEME_END.length();
		int end = authority;
		while (end < target.length() && "/?#".indexOf(target.charAt(end)) < 0) {
			end++;
		}
		String rest = target.substring(end);
		return new QueryStringDecoder(rest.startsWith("/") ? rest : "/" + rest);
	}

}
