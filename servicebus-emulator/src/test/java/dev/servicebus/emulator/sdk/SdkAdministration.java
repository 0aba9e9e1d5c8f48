package dev.servicebus.emulator.sdk;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.messaging.servicebus.administration.ServiceBusAdministrationClient;
import com.azure.messaging.servicebus.administration.ServiceBusAdministrationClientBuilder;
import dev.servicebus.emulator.ServiceBusEmulator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import reactor.core.publisher.Mono;

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
			.addPolicy(new Redirect(emulator.httpPort()))
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

	private record Redirect(int port) implements HttpPipelinePolicy {

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
					.setUrl(URI.create("http://localhost:" + this.port).resolve(url.getFile()).toURL());
			}
			catch (MalformedURLException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
