package dev.servicebus.benchmarks;

import java.util.OptionalInt;

import dev.servicebus.benchmarks.scenario.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(10)
class CommandLineTests {

	@Test
	void runsEverythingWithoutOptions() {
		CommandLine command = CommandLine.parse("compare");

		assertThat(command.scenarios()).isEqualTo(Benchmarks.SCENARIOS);
		assertThat(command.rounds()).isEqualTo(CommandLine.DEFAULT_ROUNDS);
		assertThat(command.messages()).isEmpty();
	}

	@Test
	void takesOptionsInAnyOrder() {
		CommandLine command = CommandLine.parse("compare", "--messages", "70", "--rounds", "3", "--scenario",
				"ping-pong,send-await", "--peer", "qpid-jms");

		assertThat(command.scenarios()).extracting(Scenario::name).containsExactly("ping-pong", "send-await");
		assertThat(command.rounds()).isEqualTo(3);
		assertThat(command.messages()).isEqualTo(OptionalInt.of(70));
		assertThat(command.peer()).isEqualTo("qpid-jms");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
					''                        | no command
					race                      | unknown command 'race'
					compare --fast            | unknown option '--fast'
					compare --rounds          | --rounds takes a positive number
					compare --rounds 0        | --rounds takes a positive number
					compare --messages many   | --messages takes a positive number
					compare --scenario        | --scenario takes one of send-pipelined, send-await,
					compare --peer            | --peer takes a name
			compare --scenario sleep  | --scenario takes one of send-pipelined, send-await,
					""")
	void refusesWhatItDoesNotUnderstand(String line, String message) {
		String[] args = line.isEmpty() ? new String[0] : line.split(" ");

		assertThatExceptionOfType(UsageException.class).isThrownBy(() -> CommandLine.parse(args))
			.withMessageStartingWith(message);
	}

}
