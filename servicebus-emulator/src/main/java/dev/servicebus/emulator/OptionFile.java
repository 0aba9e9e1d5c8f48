package dev.servicebus.emulator;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file that the user named in an option of the program.
 *
 * @param option the option, for errors
 * @param path where the file is
 */
record OptionFile(String option, Path path) {

	/**
	 * Returns what is in the file.
	 * @throws StartException if it cannot be read
	 */
	byte[] bytes() {
		try {
			return Files.readAllBytes(this.path);
		}
		catch (NoSuchFileException ex) {
			throw failure(": there is no such file");
		}
		catch (IOException ex) {
			throw failure(" cannot be read (" + ex + ")");
		}
	}

	/**
	 * Returns the text in the file without the white space around it.
	 * @throws StartException if it cannot be read, or is no text
	 */
	String text() {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes())).toString().strip();
		}
		catch (CharacterCodingException ex) {
			throw failure(" is not a text in UTF-8");
		}
	}

	/**
	 * Writes a text into the file.
	 * @throws StartException if it cannot be written
	 */
	void write(String text) {
		try {
			Files.writeString(this.path, text);
		}
		catch (IOException ex) {
			throw failure(" cannot be written (" + ex + ")");
		}
	}

	/**
	 * Returns the exception that says what is wrong with the file.
	 * @param what follows the option and the name of the file
	 */
	StartException failure(String what) {
		return new StartException(this.option + " " + this.path + what);
	}

}
