package dev.servicebus.benchmarks.scenario.codec;

import java.util.List;

import dev.servicebus.benchmarks.scenario.Scenario;

/**
 * What codecs are asked to do: this project's, and proton-j's {@code Message}.
 */
public final class CodecScenarios {

	/** In the order in which they are run. */
	public static final List<Scenario> ALL = List.of(
			new CodecScenario("codec-encode", OwnCodec::encode, ProtonCodec::encode),
			new CodecScenario("codec-decode", OwnCodec::decode, ProtonCodec::decode),
			new CodecScenario("codec-decode-lazy", OwnCodec::decodeHeader, ProtonCodec::decode));

	private CodecScenarios() {
	}

}
