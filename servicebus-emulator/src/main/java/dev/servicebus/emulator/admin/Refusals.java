package dev.servicebus.emulator.admin;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;

import dev.servicebus.amqp.transport.http.HttpResponse;
import dev.servicebus.emulator.admin.atom.MalformedXmlException;
import dev.servicebus.emulator.admin.atom.XmlWriter;
import dev.servicebus.emulator.auth.TokenRefusedException;
import dev.servicebus.emulator.rule.RuleException;
import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerException;
import org.jspecify.annotations.Nullable;

/**
 * Refusals of every part of the emulator as the service words them: status, a body with
 * the sub-code by which clients tell them apart, and something to look for in a log.
 */
final class Refusals {

	private static final Map<String, String> HEADERS = Map.of("Content-Type", "application/xml; charset=utf-8");

	private final InstantSource clock;

	/**
	 * Creates refusals.
	 * @param clock says when something was refused
	 */
	Refusals(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * The answer to a request that was refused.
	 * @return {@code null} if the exception is no refusal
	 */
	@Nullable HttpResponse answer(RuntimeException refusal) {
		FeedException translated = translate(refusal);
		return (translated != null) ? answer(translated) : null;
	}

	private HttpResponse answer(FeedException refusal) {
		String detail = "SubCode=" + refusal.subCode() + ". " + refusal.getMessage() + " TrackingId:"
				+ UUID.randomUUID() + ", SystemTracker:servicebus-emulator, Timestamp:" + this.clock.instant();
		byte[] body = new XmlWriter().start("Error")
			.element("Code", refusal.status())
			.element("Detail", detail)
			.toBytes();
		return new HttpResponse(refusal.status(), HEADERS, body);
	}

	private static @Nullable FeedException translate(RuntimeException refusal) {
		if (refusal instanceof FeedException already) {
			return already;
		}
		String message = String.valueOf(refusal.getMessage());
		if (refusal instanceof BrokerException broker) {
			return translate(broker.error(), message);
		}
		if (refusal instanceof TokenRefusedException token) {
			return new FeedException(401, subCode(token.reason()), message);
		}
		if (refusal instanceof RuleException || refusal instanceof MalformedXmlException) {
			return FeedException.badRequest(message);
		}
		return null;
	}

	private static FeedException translate(BrokerError error, String message) {
		return switch (error) {
			case ENTITY_NOT_FOUND -> FeedException.notFound(message);
			case ENTITY_ALREADY_EXISTS -> new FeedException(409, 40900, message);
			case NOT_ALLOWED, SESSION_ID_MISSING, ENTITY_DISABLED -> new FeedException(403, 40301, message);
			case RESOURCE_LIMIT_EXCEEDED -> new FeedException(403, 40300, message);
			default -> FeedException.badRequest(message);
		};
	}

	private static int subCode(TokenRefusedException.Reason reason) {
		return switch (reason) {
			case UNKNOWN_RULE, WRONG_KEY -> 40103;
			case MALFORMED_AUDIENCE, AUDIENCE_NOT_COVERED -> 40104;
			case MALFORMED_TOKEN -> 40105;
			case EXPIRED, NOT_YET_VALID -> 40106;
			case NO_ROLE -> 40100;
		};
	}

}
