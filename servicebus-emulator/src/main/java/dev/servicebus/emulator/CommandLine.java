package dev.servicebus.emulator;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What the user asked for when starting the program. Immutable.
 *
 * @param config the file with the entities to begin with, {@code null} for none
 * @param host the address to listen on
 * @param amqpPort the port for AMQP, 0 for a free one
 * @param httpPort the port for HTTP, 0 for a free one
 * @param keyFile the file with the key that clients have to show, {@code null} for none
 * @param jwtKey the file with the key of JSON Web Tokens that are believed, {@code null}
 * for none
 * @param tls the files with the certificate for TLS
 * @param autoCreate whether entities that do not exist are created on first use
 * @param help whether to explain the options instead of starting
 */
record CommandLine(@Nullable Path config, String host, int amqpPort, int httpPort, @Nullable OptionFile keyFile,
		@Nullable OptionFile jwtKey, TlsFiles tls, boolean autoCreate, boolean help) {

	static final int DEFAULT_AMQP_PORT = 5672;

	static final int DEFAULT_HTTP_PORT = 5300;

	static final String USAGE = """
			An emulator of Azure Service Bus.

			  --config FILE             create the entities of this file (the JSON format of Microsoft's emulator)
			  --host HOST               listen on this address; default: localhost, all loopback addresses
			  --amqp-port N             listen on this port, 0 for a free one; default: 5672
			  --http-port N             listen on this port, too, 0 for a free one; default: 5300
			  --auto-create             create entities that do not exist when a client first uses them
			  --key-file FILE           accept the key in this file instead of SAS_KEY_VALUE
			  --jwt-key FILE            accept JSON Web Tokens signed with the key in this file, too: RS256 with the public
			                            key or certificate (PEM), or HS256 with any other text
			  --tls-keystore FILE       use the certificate in this key store (PKCS#12)
			  --tls-password-file FILE  open the key store with the password in this file
			  --tls-cert FILE           use the certificate in this file (PEM), with the issuers' after it
			  --tls-key FILE            use the private key in this file (PEM, PKCS#8) with --tls-cert
			  --tls-cert-out FILE       write the certificate that clients shall trust to this file (PEM)
			  --help                    explain the options

			Both ports serve AMQP, AMQP over WebSocket and HTTP, each with and without TLS. Without a certificate of your
			own, one is made for localhost and HOST. The password of a key store may also be in the environment variable
			SERVICEBUS_EMULATOR_TLS_PASSWORD.

			Clients authenticate with the rule RootManageSharedAccessKey. Its key is SAS_KEY_VALUE unless --key-file or
			the environment variable SERVICEBUS_EMULATOR_KEY says otherwise. A host that others can reach takes a key
			of your own.

			When the emulator is ready, it writes one line to standard output: ready amqp=<port> http=<port>
			GET /health answers 200.
			""";

	private static final Set<String> WITH_VALUE = Set.of("--config", "--host", "--amqp-port", "--http-port",
			"--key-file", JwtKey.OPTION, TlsFiles.KEY_STORE, TlsFiles.PASSWORD, TlsFiles.CERTIFICATE, TlsFiles.KEY,
			TlsFiles.EXPORTED);

	private static final Set<String> FLAGS = Set.of("--auto-create", "--help");

	/**
	 * Reads arguments: {@code --option value} or {@code --option=value}, in any order.
	 * @throws StartException if they are not those of this program
	 */
	static CommandLine parse(String... arguments) {
		Map<String, String> options = options(List.of(arguments));
		int amqpPort = port(options, "--amqp-port", DEFAULT_AMQP_PORT);
		int httpPort = port(options, "--http-port", DEFAULT_HTTP_PORT);
		if (amqpPort == httpPort && amqpPort != 0) {
			throw new StartException("--amqp-port and --http-port must differ but both are " + amqpPort);
		}
		return new CommandLine(path(options, "--config"),
				options.getOrDefault("--host", ServiceBusEmulatorBuilder.DEFAULT_HOST), amqpPort, httpPort,
				file(options, "--key-file"), file(options, JwtKey.OPTION), tls(options),
				options.containsKey("--auto-create"), options.containsKey("--help"));
	}

	private static TlsFiles tls(Map<String, String> options) {
		return new TlsFiles(file(options, TlsFiles.KEY_STORE), file(options, TlsFiles.PASSWORD),
				file(options, TlsFiles.CERTIFICATE), file(options, TlsFiles.KEY), file(options, TlsFiles.EXPORTED));
	}

	private static Map<String, String> options(List<String> arguments) {
		Map<String, String> options = new HashMap<>();
		Deque<String> rest = new ArrayDeque<>(arguments);
		while (!rest.isEmpty()) {
			String argument = rest.remove();
			int equals = argument.indexOf('=');
			String name = (equals < 0) ? argument : argument.substring(0, equals);
			String value = (equals < 0) ? null : argument.substring(equals + 1);
			if (options.putIfAbsent(name, value(name, value, rest)) != null) {
				throw new StartException(name + " is given twice");
			}
		}
		return options;
	}

	private static String value(String name, @Nullable String given, Deque<String> rest) {
		if (FLAGS.contains(name)) {
			if (given != null) {
				throw new StartException(name + " takes no value");
			}
			return "";
		}
		if (!WITH_VALUE.contains(name)) {
			throw new StartException("unknown option '" + name + "', see --help");
		}
		String value = (given != null) ? given : rest.poll();
		if (value == null || value.isBlank() || (given == null && value.startsWith("--"))) {
			throw new StartException(name + " needs a value");
		}
		return value;
	}

	private static int port(Map<String, String> options, String name, int defaultPort) {
		String value = options.get(name);
		if (value == null) {
			return defaultPort;
		}
		try {
			int port = Integer.parseInt(value);
			if (port >= 0 && port <= 65535) {
				return port;
			}
		}
		catch (NumberFormatException ex) {
			// answered below, like a number out of range
		}
		throw new StartException(name + " must be a number from 0 to 65535 but is '" + value + "'");
	}

	private static @Nullable OptionFile file(Map<String, String> options, String name) {
		Path path = path(options, name);
		return (path != null) ? new OptionFile(name, path) : null;
	}

	private static @Nullable Path path(Map<String, String> options, String name) {
		String value = options.get(name);
		try {
			return (value != null) ? Path.of(value) : null;
		}
		catch (InvalidPathException ex) {
			throw new StartException(name + " must be the path of a file: " + ex.getMessage());
		}
	}

}
