package dev.servicebus.emulator.admin;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(10)
class FeedPathTests {

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', value = { "/orders,ENTITY,orders,,", "/a/b.c/,ENTITY,a/b.c,,",
			"/$namespaceinfo,NAMESPACE,,,", "/$Resources/queues,QUEUES,,,", "/$resources/Queues/,QUEUES,,,",
			"/$Resources/Topics,TOPICS,,,", "/$Resources/other,UNKNOWN,,,", "/,UNKNOWN,,,", "//,UNKNOWN,,,",
			"/news/subscriptions,SUBSCRIPTIONS,news,,", "/a/b/Subscriptions/,SUBSCRIPTIONS,a/b,,",
			"/news/Subscriptions/all,SUBSCRIPTION,news,all,", "/news/SUBSCRIPTIONS/all/rules,RULES,news,all,",
			"/news/subscriptions/all/Rules/$Default,RULE,news,all,$Default", "/subscriptions,ENTITY,subscriptions,,",
			"/news/subscriptions/all/other,UNKNOWN,news,,", "/news/subscriptions/all/rules/a/b,UNKNOWN,news,," })
	void pathIsReadWithoutRegardToCase(String path, FeedPath.Kind kind, String entity, String subscription,
			String rule) {
		assertThat(FeedPath.parse(path)).isEqualTo(new FeedPath(kind, text(entity), text(subscription), text(rule)));
	}

	private static String text(String value) {
		return (value != null) ? value : "";
	}

}
