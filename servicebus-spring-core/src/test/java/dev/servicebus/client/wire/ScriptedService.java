package dev.servicebus.client.wire;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.servicebus.client.amqp.ServiceBusClient;
import dev.servicebus.client.retry.RetryOptions;
import org.apache.qpid.protonj2.test.driver.ProtonTestServer;
import org.apache.qpid.protonj2.test.driver.codec.transport.Attach;
import org.apache.qpid.protonj2.test.driver.codec.transport.Disposition;
import org.apache.qpid.protonj2.test.driver.codec.transport.Flow;
import org.apache.qpid.protonj2.test.driver.codec.transport.Transfer;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;

/**
 * A client and, in place of the service, the test driver of Qpid ProtonJ2, which has a
 * codec of its own. Every frame of the client is answered as the service answers it, and
 * recorded; the tests compare what they find in the record.
 */
final class ScriptedService implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final String KEY = ";SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=SAS_KEY_VALUE";

	final ServiceBusClient client;

	final ServiceScript script = new ServiceScript();

	private final Recording recording = new Recording();

	private final ProtonTestServer server = new ProtonTestServer();

	private ScriptedService() {
		this.server.getDriver()
			.addScriptedElement(new ServicePeer(this.recording, new ServiceLinks(this.recording, this.script)));
		this.server.start();
		this.client = ServiceBusClient.builder()
			.connectionString("Endpoint=sb://localhost:" + this.server.getServerURI().getPort() + KEY
					+ ";UseDevelopmentEmulator=true")
			.applicationId("shop")
			.retryOptions(RetryOptions.builder().maxAttempts(1).tryTimeout(Duration.ofSeconds(60)).build())
			.build();
	}

	static ScriptedService start() {
		return new ScriptedService();
	}

	/**
	 * The only frame of a kind on the links to an address, waiting for it if need be.
	 */
	String only(Class<?> type, String address) {
		List<String> frames = Awaitility.await()
			.atMost(LIMIT)
			.until(() -> all(type, address), (found) -> !found.isEmpty());
		if (frames.size() > 1) {
			throw new AssertionError("expected one " + type.getSimpleName() + " but there are " + frames);
		}
		return frames.get(0);
	}

	List<String> all(Class<?> type, String address) {
		return this.recording.of(type, address);
	}

	String attach(String address) {
		return only(Attach.class, address);
	}

	String flow(String address) {
		return only(Flow.class, address);
	}

	String transfer(String address) {
		return only(Transfer.class, address);
	}

	List<String> transfers(String address) {
		return all(Transfer.class, address);
	}

	List<String> dispositions() {
		return all(Disposition.class, "");
	}

	/**
	 * What a request for an operation consists of, without what it shares with all
	 * others.
	 */
	String request(String entity, String operation) {
		List<String> requests = transfers(entity + "/$management").stream()
			.filter((transfer) -> transfer.contains("\"com.microsoft:" + operation + "\"\n"))
			.toList();
		if (requests.size() != 1) {
			throw new AssertionError("expected one request for " + operation + " but there are " + requests);
		}
		String request = requests.get(0);
		return request.substring(request.indexOf("application-properties:"));
	}

	/**
	 * Compares a request that is made on behalf of no link.
	 */
	void assertRequest(String entity, String operation, String body) {
		Assertions.assertThat(request(entity, operation)).isEqualTo("""
				application-properties: map
				  "com.microsoft:server-timeout": uint 59000
				  "operation": "com.microsoft:%s"
				amqp-value: %s""".formatted(operation, body));
	}

	String disposition() {
		return only(Disposition.class, "");
	}

	/**
	 * Lets a management operation succeed with this body.
	 */
	void answers(String operation, Map<String, Object> body) {
		this.script.answers("com.microsoft:" + operation, Answer.ok(body));
	}

	@Override
	public void close() {
		this.client.close();
		this.server.close();
	}

}
