package dev.servicebus.emulator.sdk;

import java.io.ByteArrayInputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;

import javax.net.ssl.SSLException;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.netty.NettyAsyncHttpClientBuilder;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.messaging.servicebus.administration.ServiceBusAdministrationClient;
import com.azure.messaging.servicebus.administration.ServiceBusAdministrationClientBuilder;
import dev.servicebus.emulator.ServiceBusEmulator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Administration clients of Microsoft's SDK for an emulator. They always dial port 443
 * with TLS; a policy sends their requests to the emulator.
 */
final class SdkAdministration {

	private SdkAdministration() {
	}

	static ServiceBusAdministrationClient client(ServiceBusEmulator emulator) {
		return client(emulator, emulator.connectionString());
	}

	static ServiceBusAdministrationClient client(ServiceBusEmulator emulator, String connectionString) {
		return new ServiceBusAdministrationClientBuilder().connectionString(connectionString)
			.addPolicy(new Redirect("http", emulator.httpPort()))
			.buildClient();
	}

	/**
	 * A client that stays with TLS and trusts the certificate of the emulator.
	 */
	static ServiceBusAdministrationClient clientWithTls(ServiceBusEmulator emulator) throws SSLException {
		SslContext trust = SslContextBuilder.forClient()
			.trustManager(new ByteArrayInputStream(emulator.certificatePem().getBytes(StandardCharsets.US_ASCII)))
			.build();
		HttpClient transport = HttpClient.create().secure((tls) -> tls.sslContext(trust));
		return new ServiceBusAdministrationClientBuilder().connectionString(emulator.connectionString())
			.addPolicy(new Redirect("https", emulator.port()))
			.httpClient(new NettyAsyncHttpClientBuilder(transport).build())
			.buildClient();
	}

	/**
	 * Asserts that a call is refused.
	 * @param status the HTTP status
	 * @param subCode what the body must name
	 * @param call the call
	 */
	static void assertRefused(int status, int subCode, ThrowingCallable call) {
		HttpResponseException refusal = catchThrowableOfType(HttpResponseException.class, call);
		assertThat(refusal).as("refusal with " + subCode).isNotNull();
		assertThat(refusal.getResponse().getStatusCode()).isEqualTo(status);
		assertThat(refusal).hasMessageContaining("SubCode=" + subCode + ".");
	}

	private record Redirect(String scheme, int port) implements HttpPipelinePolicy {

		@Override
		public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
			redirect(context);
			return next.process();
		}

		@Override
		public HttpResponse processSync(HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
			redirect(context);
			return next.processSync();
		}

		private void redirect(HttpPipelineCallContext context) {
			URL url = context.getHttpRequest().getUrl();
			try {
				context.getHttpRequest()
					.setUrl(URI.create(this.scheme + "://localhost:" + this.port).resolve(url.getFile()).toURL());
			}
			catch (MalformedURLException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
