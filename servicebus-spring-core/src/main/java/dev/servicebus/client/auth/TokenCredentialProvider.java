package dev.servicebus.client.auth;

import java.util.Objects;
import java.util.concurrent.CompletionStage;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;

/**
 * Obtains tokens of Microsoft Entra ID through a credential of {@code azure-identity}.
 * The only class that needs {@code azure-core}. Thread-safe.
 */
public final class TokenCredentialProvider implements TokenProvider {

	/** One scope for all namespaces; rights on entities are role assignments. */
	private static final String SCOPE = "https://servicebus.azure.net/.default";

	private final TokenCredential credential;

	/**
	 * A provider of what this credential obtains.
	 */
	public TokenCredentialProvider(TokenCredential credential) {
		this.credential = Objects.requireNonNull(credential, "credential");
	}

	@Override
	public CompletionStage<AccessToken> token(String audience) {
		return this.credential.getToken(new TokenRequestContext().addScopes(SCOPE))
			.map(token -> new AccessToken(token.getToken(), AccessToken.JWT, token.getExpiresAt().toInstant()))
			.toFuture();
	}

}
