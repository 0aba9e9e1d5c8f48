package dev.servicebus.listener.container;

import java.util.Map;

import dev.servicebus.client.Disposition;

/**
 * Dispositions that a broker takes, and that may be shared.
 */
final class Dispositions {

	static final Disposition COMPLETE = new Disposition.Complete();

	static final Disposition RELEASE = new Disposition.Release();

	static final Disposition ABANDON = new Disposition.Abandon(Map.of());

	private Dispositions() {
	}

}
