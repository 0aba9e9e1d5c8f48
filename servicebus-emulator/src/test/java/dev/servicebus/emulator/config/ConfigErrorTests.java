package dev.servicebus.emulator.config;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Every error is one line with the place and the reason.
 */
@Timeout(30)
class ConfigErrorTests {

	private static final String NAMESPACE = "/UserConfig/Namespaces/0";

	private static final String QUEUE = NAMESPACE + "/Queues/0";

	private static final String RULE = NAMESPACE + "/Topics/0/Subscriptions/0/Rules/0";

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{}                                  |                        | the field 'UserConfig' is missing
			[]                                  |                        | must be an object but is array
			''                                  |                        | must be an object but is missing
			7                                   |                        | must be an object but is 7
			{"UserConfig": null}                |                        | the field 'UserConfig' is missing
			{"userConfig": {}}                  | /userConfig            | unknown field, did you mean 'UserConfig'?
			{"UserConfig": {}}                  | /UserConfig            | the field 'Namespaces' is missing
			{"UserConfig": {"Namespaces": {}}}  | /UserConfig/Namespaces | must be an array but is object
			{"UserConfig": {"Namespaces": []}}  | /UserConfig/Namespaces | must hold exactly one namespace but holds 0
			{"UserConfig": {"Namespaces": [5]}} | /UserConfig/Namespaces/0 | must be an object but is 5
			{"UserConfig": {"Namespaces": [{}]}} | /UserConfig/Namespaces/0 | the field 'Name' is missing
			{"UserConfig": {"Namespaces": [{"Name": "n"}], "Logging": {"Type": "Fax"}}} \
			| /UserConfig/Logging/Type | must be one of File, Console and 'File,Console' but is 'Fax'
			{"UserConfig": {"Namespaces": [{"Name": "n"}]}, "a/b~c": 1} | /a~1b~0c | unknown field
			""", quoteCharacter = '`')
	void documentOfAnotherShapeIsRefused(String json, String pointer, String reason) {
		assertRefused(json.equals("''") ? "" : json, (pointer != null) ? pointer : "", reason);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					LockDuration               | "PT1S"   | lockDuration must be between PT5S and PT5M but is PT1S
					LockDuration               | "1m"     | must be an ISO 8601 duration such as PT1M, PT1H or P14D but is '1m'
					LockDuration               | "P1Y"    | must be an ISO 8601 duration such as PT1M, PT1H or P14D but is 'P1Y'
					LockDuration               | 60       | must be a string but is 60
					DefaultMessageTimeToLive   | "-PT1H"  | defaultTimeToLive must be between PT1S and PT256204778H48M5.4775807S but is PT-1H
					DefaultMessageTimeToLive   | "P99999999D" | defaultTimeToLive must be between PT1S and PT256204778H48M5.4775807S but is PT2399999976H
					DefaultMessageTimeToLive   | "P999999999999999D" | must be an ISO 8601 duration such as PT1M, PT1H or P14D but is 'P999999999999999D'
					DuplicateDetectionHistoryTimeWindow | "P8D" | duplicateDetectionWindow must be between PT5S and PT168H but is PT192H
					MaxDeliveryCount           | 0        | maxDeliveryCount must be at least 1 but is 0
					MaxDeliveryCount           | 1.5      | must be a whole number but is 1.5
					MaxDeliveryCount           | "3"      | must be a whole number but is "3"
					MaxDeliveryCount           | 3000000000 | must be a whole number but is 3000000000
					RequiresSession            | "true"   | must be true or false but is "true"
					RequiresDuplicateDetection | 1        | must be true or false but is 1
					ForwardTo                  | "gone"   | there is no queue or topic 'gone' in this configuration
					ForwardTo                  | "Q"      | messages cannot be forwarded to where they come from
					ForwardTo                  | {}       | must be a string but is object
					RequireSession             | true     | unknown field, did you mean 'RequiresSession'?
					Status                     | "Active" | unknown field
					""",
			quoteCharacter = '`')
	void badPropertyOfAQueueIsRefused(String field, String value, String reason) {
		String json = ConfigReaderTests
			.namespace("\"Queues\": [{\"Name\": \"q\", \"Properties\": {\"" + field + "\": " + value + "}}]");

		assertRefused(json, QUEUE + "/Properties/" + field, reason);
	}

	@Test
	void sessionsAndForwardingExcludeEachOther() {
		assertRefused(
				ConfigReaderTests.namespace("\"Queues\": [{\"Name\": \"a\"}, {\"Name\": \"b\", \"Properties\":"
						+ " {\"RequiresSession\": true, \"ForwardTo\": \"a\"}}]"),
				NAMESPACE + "/Queues/1/Properties", "an entity cannot both require sessions and forward its messages");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					"Queues": [{"Name": "a b"}] | /Queues/0/Name | 'a b' is not a valid name; it must have up to 260 letters, \
					digits and characters of . - _ ~ /, begin and end with a letter or digit, and not contain the segment 'subscriptions'
					"Queues": [{"Name": ""}]    | /Queues/0/Name | must not be blank
					"Queues": [{"Name": "q"}, {"Name": "Q"}] | /Queues/1/Name | the name 'Q' is taken by an earlier entry; case does not count
					"Queues": [{"Name": "q"}], "Topics": [{"Name": "q"}] | /Topics/0/Name | the name 'q' is taken by an earlier entry; case does not count
					"Topics": [{"Name": "t", "Properties": {"LockDuration": "PT1M"}}] | /Topics/0/Properties/LockDuration | unknown field
					"Topics": [{"Name": "t", "Subscriptions": [{"Name": "a/b"}]}] | /Topics/0/Subscriptions/0/Name \
					| 'a/b' is not a valid name; it must have up to 50 letters, digits and characters of . - _ ~ and begin and end with a letter or digit
					"Topics": [{"Name": "t", "Subscriptions": [{"Name": "s"}, {"Name": "S"}]}] | /Topics/0/Subscriptions/1/Name \
					| the name 'S' is taken by an earlier entry; case does not count
					"Topics": [{"Name": "t", "Subscriptions": [{"Name": "s", "Properties": {"ForwardTo": "T"}}]}] \
					| /Topics/0/Subscriptions/0/Properties/ForwardTo | messages cannot be forwarded to where they come from
					""",
			quoteCharacter = '`')
	void badEntityIsRefused(String fields, String pointer, String reason) {
		assertRefused(ConfigReaderTests.namespace(fields), NAMESPACE + pointer, reason);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					{}                                                | /Properties | the field 'FilterType' is missing
					{"FilterType": "Regex"}                           | /Properties/FilterType | must be 'Correlation' or 'Sql' but is 'Regex'
					{"FilterType": "Sql"}                             | /Properties | the field 'SqlFilter' is missing
					{"FilterType": "Sql", "SqlFilter": {"SqlExpression": " "}} | /Properties/SqlFilter/SqlExpression | must not be blank
					{"FilterType": "Sql", "SqlFilter": {"SqlExpression": "1=1"}, "CorrelationFilter": {"To": "x"}} \
					| /Properties/CorrelationFilter | does not fit the filter type 'Sql'
					{"FilterType": "Sql", "SqlFilter": {"SqlExpression": "color ="}} | /Properties/SqlFilter/SqlExpression | expected
					{"FilterType": "Sql", "SqlFilter": {"SqlExpression": "1=1"}, "Action": {"SqlExpression": "SET"}} \
					| /Properties/Action/SqlExpression | expected
					{"FilterType": "Correlation", "CorrelationFilter": {}} | /Properties/CorrelationFilter | The correlation filter has no condition
					{"FilterType": "Correlation", "CorrelationFilter": {"Subject": "x"}} | /Properties/CorrelationFilter/Subject | unknown field
					{"FilterType": "Correlation", "CorrelationFilter": {"Properties": {"a": [1]}}} \
					| /Properties/CorrelationFilter/Properties/a | must be a string, a number of 64 bits, true or false but is array
					{"FilterType": "Correlation", "CorrelationFilter": {"Properties": {"a": 1e999}}} \
					| /Properties/CorrelationFilter/Properties/a | must be a string, a number of 64 bits, true or false but is
					""",
			quoteCharacter = '`')
	void badRuleIsRefused(String properties, String pointer, String reason) {
		assertRefused(
				ConfigReaderTests.namespace("\"Topics\": [{\"Name\": \"t\", \"Subscriptions\": [{\"Name\": \"s\","
						+ " \"Rules\": [{\"Name\": \"r\", \"Properties\": " + properties + "}]}]}]"),
				RULE + pointer, reason);
	}

	@Test
	void brokenJsonIsRefusedWithLineAndColumn() {
		assertRefused("{\n  \"UserConfig\": {\n    \"Namespaces\": [ {]\n", "/UserConfig/Namespaces/0",
				"no valid JSON in line 3, column ");
	}

	@Test
	void doubledFieldIsRefusedRatherThanOverwritten() {
		assertRefused("{\"UserConfig\": {\"Namespaces\": [], \"Namespaces\": []}}", "/UserConfig/Namespaces",
				"no valid JSON in line 1, column ");
	}

	@Test
	void moreAfterTheDocumentIsRefused() {
		assertRefused("{} {}", "", "there is more text after the end of the document");
	}

	@Test
	void endlessNestingIsRefused() {
		assertRefused("[".repeat(100_000), null, "no valid JSON");
	}

	@Test
	void hugeDocumentIsRefused() {
		assertRefused(" ".repeat(17 * 1024 * 1024), "", "the document is larger than");
	}

	private static void assertRefused(String json, String pointer, String reason) {
		assertThatExceptionOfType(ConfigException.class)
			.isThrownBy(() -> new ConfigReader().read("config.json", json.getBytes(StandardCharsets.UTF_8)))
			.satisfies((ex) -> {
				assertThat(ex.getMessage()).hasLineCount(1).contains(reason);
				if (pointer != null) {
					assertThat(ex.pointer()).isEqualTo(pointer);
					assertThat(ex.getMessage()).startsWith("config.json: " + (pointer.isEmpty() ? "" : pointer + ": "));
				}
			});
	}

}
