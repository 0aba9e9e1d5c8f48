package dev.servicebus.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The program in a JVM of its own.
 */
@Timeout(120)
class MainTests {

	private static final Pattern READY = Pattern.compile("ready amqp=([1-9]\\d*) http=([1-9]\\d*)");

	private static final byte[] SASL_HEADER = { 'A', 'M', 'Q', 'P', 3, 1, 0, 0 };

	@TempDir
	private Path directory;

	private static final int FIRST_TO_WARN_OF_NATIVE_ACCESS = 24;

	private Process process;

	@AfterEach
	void endProcess() {
		this.process.destroyForcibly();
	}

	@Test
	void readyProgramServesBothPortsUntilItIsTerminated() throws Exception {
		start("--amqp-port", "0", "--http-port", "0", "--auto-create");

		Matcher ready = READY.matcher(this.process.inputReader().readLine());
		assertThat(ready.matches()).isTrue();
		HttpResponse<String> health = get("http://localhost:" + ready.group(2) + "/health");
		assertThat(health.statusCode()).isEqualTo(200);
		assertThat(health.body()).isEqualTo("{\"status\":\"healthy\",\"message\":\"Service is healthy.\"}");
		assertThat(speaksAmqp(Integer.parseInt(ready.group(1)))).isTrue();

		this.process.toHandle().destroy();
		assertThat(this.process.waitFor(20, TimeUnit.SECONDS)).isTrue();
		assertThat(this.process.inputReader().readLine()).as("second line on standard output").isNull();
		assertThat(this.process.errorReader().lines()).isEmpty();
	}

	@Test
	void takenPortEndsInOneLine() throws Exception {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			start("--amqp-port", String.valueOf(taken.getLocalPort()), "--http-port", "0");

			assertThat(refusal()).startsWith("servicebus-emulator: Cannot listen on localhost:" + taken.getLocalPort());
		}
	}

	@Test
	void unknownOptionEndsInOneLine() throws Exception {
		start("--amqp", "1");

		assertThat(refusal()).isEqualTo("servicebus-emulator: unknown option '--amqp', see --help");
	}

	@Test
	void badFileEndsInOneLine() throws Exception {
		Path file = Files.writeString(this.directory.resolve("config.json"), "{\n  \"UserConfig\": {\n");
		start("--config", file.toString());

		assertThat(refusal()).startsWith("servicebus-emulator: " + file + ": /UserConfig: no valid JSON in line ");
	}

	private void start(String... arguments) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
		if (Runtime.version().feature() >= FIRST_TO_WARN_OF_NATIVE_ACCESS) {
			// What the manifest of the standalone jar says.
			command.add("--enable-native-access=ALL-UNNAMED");
		}
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command);
		builder.environment().remove(OwnKey.ENVIRONMENT_VARIABLE);
		builder.environment().remove("JAVA_TOOL_OPTIONS");
		this.process = builder.start();
	}

	private String refusal() throws Exception {
		List<String> errors = this.process.errorReader().lines().toList();
		assertThat(this.process.waitFor(20, TimeUnit.SECONDS)).isTrue();
		assertThat(this.process.exitValue()).isEqualTo(2);
		assertThat(this.process.inputReader().lines()).isEmpty();
		assertThat(errors).hasSize(1);
		return errors.get(0);
	}

	private static boolean speaksAmqp(int port) throws IOException {
		try (Socket socket = new Socket("localhost", port); InputStream input = socket.getInputStream()) {
			socket.setSoTimeout(20_000);
			socket.getOutputStream().write(SASL_HEADER);
			return new String(input.readNBytes(4), StandardCharsets.US_ASCII).equals("AMQP");
		}
	}

	private static HttpResponse<String> get(String uri) throws Exception {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString());
	}

}
