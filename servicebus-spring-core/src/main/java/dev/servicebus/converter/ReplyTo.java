package dev.servicebus.converter;

import java.net.URI;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Where a reply goes. Immutable.
 *
 * @param entity the queue or topic
 * @param sessionId the session, {@code null} for none
 */
public record ReplyTo(String entity, @Nullable String sessionId) {

	private static final int MAX_SHOWN = 200;

	/**
	 * What a request says. Its reply-to address is the path of an entity, or a URI of one
	 * in this namespace, as the service has it. Anything else would be a message to
	 * somebody who has not asked, or to a node of the broker's own.
	 * @param namespace the host of the namespace
	 * @return {@code null} if the request does not want a reply
	 * @throws InvalidReplyToException if no reply can be sent to the address
	 */
	public static @Nullable ReplyTo of(ServiceBusReceivedMessage request, String namespace) {
		String address = request.replyTo();
		if (!StringUtils.hasText(address)) {
			return null;
		}
		String path = address.contains("://") ? path(address, namespace) : address;
		String entity = StringUtils.trimLeadingCharacter(path.strip(), '/');
		if (entity.isEmpty() || Arrays.stream(entity.split("/")).anyMatch((segment) -> segment.startsWith("$"))) {
			throw invalid(address, "it names no queue or topic");
		}
		return new ReplyTo(entity, request.replyToSessionId());
	}

	/**
	 * The answer to a request, ready to be sent: its correlation id is the message id of
	 * the request, its session the one that the request names. What the answer says
	 * itself stands.
	 */
	public ServiceBusMessage address(ServiceBusReceivedMessage request, ServiceBusMessage answer) {
		ServiceBusMessage.Builder reply = answer.mutate();
		if (answer.correlationId() == null) {
			String requestId = request.messageId();
			reply.correlationId((requestId != null) ? requestId : request.correlationId());
		}
		if (answer.sessionId() == null && this.sessionId != null) {
			reply.sessionId(this.sessionId);
		}
		return reply.build();
	}

	private static String path(String address, String namespace) {
		URI uri;
		try {
			uri = URI.create(address);
		}
		catch (IllegalArgumentException ex) {
			throw invalid(address, "it is no URI");
		}
		if (!namespace.equalsIgnoreCase(uri.getHost())) {
			throw invalid(address, "it is not in the namespace '" + namespace + "'");
		}
		if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
			throw invalid(address, "it says more than host, port and path");
		}
		return uri.getPath();
	}

	private static InvalidReplyToException invalid(String address, String problem) {
		String shown = address.replaceAll("\\p{Cntrl}", "?");
		return new InvalidReplyToException("no reply can be sent to '"
				+ shown.substring(0, Math.min(MAX_SHOWN, shown.length())) + "': " + problem);
	}

}
