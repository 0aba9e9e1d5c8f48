package dev.servicebus.client.auth;

import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.azure.core.credential.TokenCredential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class TokenProviderTests {

	private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1700000000));

	private final SharedKeyCredential credential = new SharedKeyCredential("RootManageSharedAccessKey", "SAS_KEY_VALUE",
			CLOCK);

	@Test
	void audienceNamesHostAndEntity() {
		assertThat(TokenProvider.audience("contoso.servicebus.windows.net", "orders/Subscriptions/audit"))
			.isEqualTo("amqp://contoso.servicebus.windows.net/orders/Subscriptions/audit");
	}

	@Test
	void signatureIsTheOneOfTheProtocolReference() {
		AccessToken token = join(this.credential.token("sb://localhost/q").toCompletableFuture());
		assertThat(token.value()).isEqualTo("SharedAccessSignature sr=sb%3A%2F%2Flocalhost%2Fq"
				+ "&sig=aBnbwJRip3IdBhmUXg50tO0x5BaDROH7UNc1GXl2%2F%2BY%3D&se=1700003600&skn=RootManageSharedAccessKey");
		assertThat(token.type()).isEqualTo("servicebus.windows.net:sastoken");
		assertThat(token.expiresAt()).isEqualTo(CLOCK.instant().plus(SharedKeyCredential.LIFETIME));
	}

	@Test
	void expiryIsTheOneInTheTokenEvenBetweenTwoSeconds() {
		SharedKeyCredential between = new SharedKeyCredential("rule", "key",
				InstantSource.fixed(Instant.ofEpochMilli(1700000000999L)));
		AccessToken token = join(between.token("amqp://localhost/q").toCompletableFuture());
		assertThat(token.expiresAt()).isEqualTo(Instant.ofEpochSecond(1700003600));
		assertThat(token.value()).contains("&se=1700003600&");
	}

	@Test
	void signaturesStayRightWhenManyThreadsAskAtOnce() {
		List<String> audiences = IntStream.range(0, 500).mapToObj((i) -> "amqp://localhost/q" + i).toList();
		List<AccessToken> expected = audiences.stream().map(this::token).toList();
		ExecutorService executor = Executors.newFixedThreadPool(8);
		try {
			List<CompletableFuture<List<AccessToken>>> results = Stream.generate(
					() -> CompletableFuture.supplyAsync(() -> audiences.stream().map(this::token).toList(), executor))
				.limit(8)
				.toList();
			assertThat(results).allSatisfy((result) -> assertThat(result.join()).isEqualTo(expected));
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void blankNamesAndKeysAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new SharedKeyCredential(" ", "key"))
			.withMessageContaining("name");
		assertThatIllegalArgumentException().isThrownBy(() -> new SharedKeyCredential("name", ""))
			.withMessageContaining("shared access key");
	}

	@Test
	void secretsStayOutOfText() {
		assertThat(this.credential.toString()).contains("RootManageSharedAccessKey").doesNotContain("SAS_KEY_VALUE");
		assertThat(token("amqp://localhost/q").toString()).doesNotContain("sig=").contains("expiresAt=2023-11-14");
		assertThat(new SharedAccessSignatureCredential("sharedaccesssignature sr=a&sig=hidden&se=1&skn=b").toString())
			.doesNotContain("hidden");
	}

	@Test
	void tokensOfEntraIdComeFromTheCredential() {
		OffsetDateTime expiry = OffsetDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
		TokenCredential azure = (request) -> Mono
			.just(new com.azure.core.credential.AccessToken(String.join(" ", request.getScopes()), expiry));
		assertThat(new TokenCredentialProvider(azure).token("amqp://localhost/q"))
			.isCompletedWithValue(new AccessToken("https://servicebus.azure.net/.default", "jwt", expiry.toInstant()));
	}

	@Test
	void failureOfTheCredentialFailsTheToken() {
		TokenCredential azure = (request) -> Mono.error(new IllegalStateException("no managed identity"));
		assertThat(new TokenCredentialProvider(azure).token("amqp://localhost/q")).isCompletedExceptionally();
	}

	private AccessToken token(String audience) {
		return join(this.credential.token(audience).toCompletableFuture());
	}

	private static AccessToken join(CompletableFuture<AccessToken> token) {
		assertThat(token).isCompleted();
		return token.join();
	}

}
