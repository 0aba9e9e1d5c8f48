package dev.servicebus.emulator.amqp;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

import dev.servicebus.emulator.amqp.request.Failure;
import dev.servicebus.emulator.amqp.request.RefusedException;
import dev.servicebus.emulator.amqp.request.Request;
import dev.servicebus.emulator.amqp.request.RequestHandler;
import dev.servicebus.emulator.amqp.request.Response;
import dev.servicebus.emulator.auth.Authority;
import dev.servicebus.emulator.auth.Grant;
import dev.servicebus.emulator.auth.TokenRefusedException;
import dev.servicebus.emulator.entity.EntityAddress;
import org.jspecify.annotations.Nullable;

/**
 * The node {@code $cbs} of one connection, where a client shows tokens.
 *
 * <p>
 * A good token for an entity that does not exist is answered with status 404, as in the
 * service: Azure's Go SDK knows missing entities by nothing else. Its Python SDK, which
 * names no address for the answer, would take that for a bad token; it learns about the
 * entity when it attaches.
 */
final class CbsNode implements RequestHandler {

	static final String ADDRESS = "$cbs";

	private static final String PUT_TOKEN = "put-token";

	private final Authority authority;

	private final Grants grants;

	private final EntityAccess access;

	private final InstantSource clientsClock;

	CbsNode(Authority authority, Grants grants, EntityAccess access, InstantSource clientsClock) {
		this.authority = authority;
		this.access = access;
		this.grants = grants;
		this.clientsClock = clientsClock;
	}

	@Override
	public Response handle(Request request) {
		if (!PUT_TOKEN.equals(request.operation())) {
			return Response.failed(Failure.NOT_IMPLEMENTED,
					"The operation '" + request.operation() + "' is not supported.");
		}
		String audience = required(request.text("name"), "The application property 'name' must name the resource.");
		String token = required((request.body() instanceof String text) ? text : null,
				"The body must be the token, a string.");
		Grant grant;
		try {
			grant = grant(token, audience);
		}
		catch (TokenRefusedException ex) {
			return Response.failed(Failure.UNAUTHORIZED, ex.statusCode(), ex.getMessage());
		}
		if (request.replyTo() != null) {
			this.access.checkExists(EntityAddress.parse(grant.resourcePath()));
		}
		this.grants.put(audience.toLowerCase(Locale.ROOT), grant);
		return Response.accepted();
	}

	/**
	 * Clients make tokens by their own clocks and know nothing of a time that was moved:
	 * by those a token is judged, and what is left of its life then passes in the
	 * emulator's time.
	 */
	private Grant grant(String token, String audience) {
		Instant now = this.clientsClock.instant();
		return this.authority.byToken(token, audience, now).translate(now, this.grants.now());
	}

	private static String required(@Nullable String value, String text) {
		if (value == null) {
			throw new RefusedException(Failure.ARGUMENT_ERROR, text);
		}
		return value;
	}

}
