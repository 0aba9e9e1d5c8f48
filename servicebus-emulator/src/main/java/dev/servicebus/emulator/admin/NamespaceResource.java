package dev.servicebus.emulator.admin;

import java.time.Instant;

import dev.servicebus.amqp.transport.http.HttpResponse;
import dev.servicebus.emulator.admin.atom.AtomEntry;
import dev.servicebus.emulator.admin.description.NamespaceInfo;

/**
 * The namespace itself, which can only be looked at.
 */
final class NamespaceResource implements Resource {

	private static final String PATH = "$namespaceinfo";

	private final String name;

	private final Instant createdAt;

	private final FeedAnswers answers;

	NamespaceResource(String name, Instant createdAt, FeedAnswers answers) {
		this.name = name;
		this.createdAt = createdAt;
		this.answers = answers;
	}

	@Override
	public HttpResponse get(FeedRequest request) {
		return this.answers.ok(new AtomEntry(this.name, request.urls().id(PATH), this.createdAt, this.createdAt,
				(xml) -> NamespaceInfo.write(this.name, this.createdAt, xml)));
	}

}
