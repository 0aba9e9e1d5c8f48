package dev.servicebus.emulator.entity;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(10)
class EntityAddressTests {

	@ParameterizedTest
	@CsvSource({ "orders, orders, NONE, false", "/orders/, orders, NONE, false",
			"amqps://localhost:5672/orders, orders, NONE, false",
			"AMQP://ns.servicebus.windows.net/Orders, Orders, NONE, false", "sb://localhost/a/b/c, a/b/c, NONE, false",
			"orders/$management, orders, NONE, true", "orders/$deadletterqueue, orders, DEAD_LETTER, false",
			"orders/$DeadLetterQueue, orders, DEAD_LETTER, false",
			"/orders/$DEADLETTERQUEUE/$Management, orders, DEAD_LETTER, true",
			"orders/$Transfer/$deadletterqueue, orders, TRANSFER_DEAD_LETTER, false",
			"https://h/t/Subscriptions/s/$Transfer/$DeadLetterQueue/$management/, t/Subscriptions/s, TRANSFER_DEAD_LETTER, true",
			"orders%2F%24DeadLetterQueue, orders, DEAD_LETTER, false", "a%20b%c3%a4, a bä, NONE, false",
			"100%, 100%, NONE, false", "a%zz%2, a%zz%2, NONE, false", "ftp://h/orders, ftp://h/orders, NONE, false" })
	void addressIsReadFromTheRight(String address, String entity, SubQueue subQueue, boolean management) {
		assertThat(EntityAddress.parse(address)).isEqualTo(new EntityAddress(entity, subQueue, management));
	}

	@ParameterizedTest
	@ValueSource(strings = { "$management", "/$management", "sb://localhost/$management" })
	void managementOfTheNamespaceHasNoEntity(String address) {
		assertThat(EntityAddress.parse(address)).isEqualTo(new EntityAddress("", SubQueue.NONE, true));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "sb://localhost", "sb://localhost/" })
	void nothingIsTheNamespace(String address) {
		assertThat(EntityAddress.parse(address)).isEqualTo(new EntityAddress("", SubQueue.NONE, false));
	}

	@Test
	void lastSubscriptionsSegmentCounts() {
		EntityAddress address = EntityAddress.parse("a/subscriptions/b/SUBSCRIPTIONS/c/$deadletterqueue");
		assertThat(address.queueOrTopic()).isEqualTo("a/subscriptions/b");
		assertThat(address.subscription()).isEqualTo("c");
		assertThat(address.path()).isEqualTo("a/subscriptions/b/SUBSCRIPTIONS/c/$DeadLetterQueue");
	}

	@Test
	void queueHasNoSubscription() {
		EntityAddress address = EntityAddress.parse("subscriptions/orders");
		assertThat(address.subscription()).isNull();
		assertThat(address.queueOrTopic()).isEqualTo("subscriptions/orders");
	}

}
