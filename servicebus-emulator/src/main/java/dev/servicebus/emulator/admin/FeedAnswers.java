package dev.servicebus.emulator.admin;

import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import dev.servicebus.amqp.transport.http.HttpResponse;
import dev.servicebus.emulator.admin.atom.AtomEntry;
import dev.servicebus.emulator.admin.atom.AtomFeed;
import dev.servicebus.emulator.admin.atom.AtomWriter;

/**
 * Responses that show entries. Thread-safe.
 */
final class FeedAnswers {

	private static final byte[] NO_BODY = new byte[0];

	private static final String CONTENT_TYPE = "application/atom+xml;type=%s;charset=utf-8";

	private final AtomWriter writer;

	private final InstantSource clock;

	/**
	 * Creates answers.
	 * @param namespace the name of the namespace
	 * @param clock the time of the broker
	 */
	FeedAnswers(String namespace, InstantSource clock) {
		this.writer = new AtomWriter(namespace);
		this.clock = clock;
	}

	HttpResponse created(AtomEntry entry) {
		return entry(201, entry);
	}

	HttpResponse ok(AtomEntry entry) {
		return entry(200, entry);
	}

	HttpResponse deleted() {
		return new HttpResponse(200, Map.of(), NO_BODY);
	}

	/**
	 * The page of a list that a request asks for.
	 * @param request the request
	 * @param path the path of the list
	 * @param resources everything in the list
	 * @param toEntry shows one of them
	 */
	<T> HttpResponse page(FeedRequest request, String path, Collection<T> resources, Function<T, AtomEntry> toEntry) {
		int skip = request.skip();
		int top = request.top();
		List<AtomEntry> entries = resources.stream().skip(skip).limit(top).map(toEntry).toList();
		boolean more = top > 0 && (long) skip + top < resources.size();
		AtomFeed feed = new AtomFeed(path, request.urls().page(path, skip, top),
				more ? request.urls().page(path, skip + top, top) : null, this.clock.instant(), entries);
		return new HttpResponse(200, Map.of("Content-Type", CONTENT_TYPE.formatted("feed")), this.writer.write(feed));
	}

	private HttpResponse entry(int status, AtomEntry entry) {
		return new HttpResponse(status,
				Map.of("Content-Type", CONTENT_TYPE.formatted("entry"), "ETag", FeedRequest.tag(entry.updated())),
				this.writer.write(entry));
	}

}
