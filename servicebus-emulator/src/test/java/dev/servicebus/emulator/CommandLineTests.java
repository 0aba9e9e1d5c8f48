package dev.servicebus.emulator;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(10)
class CommandLineTests {

	@Test
	void nothingMeansTheKnownPortsOnLoopback() {
		assertThat(CommandLine.parse())
			.isEqualTo(new CommandLine(null, "localhost", 5672, 5300, null, null, TlsFiles.NONE, false, false));
	}

	@Test
	void everyOptionIsRead() {
		assertThat(CommandLine.parse("--config", "a b.json", "--host", "::1", "--amqp-port", "0", "--http-port",
				"65535", "--auto-create", "--key-file", "key", "--jwt-key", "jwt"))
			.isEqualTo(new CommandLine(Path.of("a b.json"), "::1", 0, 65535, file("--key-file", "key"),
					file("--jwt-key", "jwt"), TlsFiles.NONE, true, false));
	}

	@Test
	void filesOfTheCertificateAreRead() {
		assertThat(CommandLine.parse("--tls-keystore", "k.p12", "--tls-password-file", "p", "--tls-cert-out=o").tls())
			.isEqualTo(new TlsFiles(file("--tls-keystore", "k.p12"), file("--tls-password-file", "p"), null, null,
					file("--tls-cert-out", "o")));
		assertThat(CommandLine.parse("--tls-cert", "c.pem", "--tls-key", "k.pem").tls())
			.isEqualTo(new TlsFiles(null, null, file("--tls-cert", "c.pem"), file("--tls-key", "k.pem"), null));
	}

	@Test
	void valuesMayFollowAnEqualsSign() {
		assertThat(CommandLine.parse("--help", "--config=a=b.json", "--amqp-port=1", "--host=--odd"))
			.isEqualTo(new CommandLine(Path.of("a=b.json"), "--odd", 1, 5300, null, null, TlsFiles.NONE, false, true));
	}

	@Test
	void bothPortsMayBeFreeOnes() {
		assertThat(CommandLine.parse("--amqp-port=0", "--http-port=0").httpPort()).isZero();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			--ports 1                     | unknown option '--ports', see --help
			config.json                   | unknown option 'config.json', see --help
			-v                            | unknown option '-v', see --help
			--config                      | --config needs a value
			--config --host x             | --config needs a value
			--config=                     | --config needs a value
			--auto-create=false           | --auto-create takes no value
			--host a --host b             | --host is given twice
			--auto-create --auto-create   | --auto-create is given twice
			--amqp-port x                 | --amqp-port must be a number from 0 to 65535 but is 'x'
			--amqp-port -1                | --amqp-port must be a number from 0 to 65535 but is '-1'
			--http-port 65536             | --http-port must be a number from 0 to 65535 but is '65536'
			--http-port 99999999999       | --http-port must be a number from 0 to 65535 but is '99999999999'
			--tls-cert c                  | --tls-cert and --tls-key belong together
			--tls-key k                   | --tls-cert and --tls-key belong together
			--tls-keystore s --tls-cert c --tls-key k | Give either --tls-keystore or --tls-cert, not both
			--tls-password-file p         | --tls-password-file is for --tls-keystore, which is missing
			--http-port 5672              | --amqp-port and --http-port must differ but both are 5672
			""")
	void mistakesAreNamedInOneLine(String arguments, String message) {
		assertThatExceptionOfType(StartException.class).isThrownBy(() -> CommandLine.parse(arguments.split(" ")))
			.withMessage(message);
	}

	@Test
	void pathThatIsNoneIsRefused() {
		assertThatExceptionOfType(StartException.class).isThrownBy(() -> CommandLine.parse("--config", "a\0\nb"))
			.withMessageStartingWith("--config must be the path of a file")
			.satisfies((ex) -> assertThat(ex.getMessage()).hasLineCount(1));
	}

	@Test
	void helpExplainsEveryOption() {
		assertThat(CommandLine.USAGE).contains("--config", "--host", "--amqp-port", "--http-port", "--auto-create",
				"--key-file", "--jwt-key", "--help", TlsFiles.KEY_STORE, TlsFiles.PASSWORD, TlsFiles.CERTIFICATE,
				TlsFiles.KEY, TlsFiles.EXPORTED, TlsFiles.PASSWORD_VARIABLE, OwnKey.ENVIRONMENT_VARIABLE,
				String.valueOf(CommandLine.DEFAULT_AMQP_PORT), String.valueOf(CommandLine.DEFAULT_HTTP_PORT));
		assertThat(CommandLine.USAGE.lines()).allMatch((line) -> line.length() <= 120);
	}

	private static OptionFile file(String option, String path) {
		return new OptionFile(option, Path.of(path));
	}

}
