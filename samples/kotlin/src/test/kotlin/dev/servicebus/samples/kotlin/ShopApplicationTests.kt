package dev.servicebus.samples.kotlin

import dev.servicebus.emulator.ServiceBusEmulator
import dev.servicebus.template.RemoteProblemException
import dev.servicebus.template.ServiceBusTemplate
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatExceptionOfType
import org.awaitility.Awaitility.await
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.springframework.beans.factory.annotation.Autowired
import org.springframework.boot.test.context.SpringBootTest
import java.time.Duration
import java.util.concurrent.TimeUnit

/**
 * Listeners in Kotlin, with the emulator.
 */
@SpringBootTest(properties = ["servicebus.template.reply.queue=replies"])
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ShopApplicationTests @Autowired constructor(
    private val template: ServiceBusTemplate,
    private val emulator: ServiceBusEmulator,
    private val ledger: Ledger,
) {

    private val patience = Duration.ofSeconds(30)

    @BeforeEach
    fun clear() = ledger.entries.clear()

    @Test
    fun suspendingFunctionRepliesWhenItEnds() {
        val prices = (1..40).map { template.requestAsync("prices", PriceOf("apple", it), Price::class.java) }
        prices.forEachIndexed { index, price ->
            assertThat(price).succeedsWithin(patience).isEqualTo(Price("apple", (index + 1) * 5))
        }
    }

    @Test
    fun failureOfASuspendingFunctionIsTold() {
        assertThatExceptionOfType(RemoteProblemException::class.java)
            .isThrownBy { template.request("prices", PriceOf("worm"), Price::class.java) }
            .withMessageContaining("Not sold: worms are alive")
    }

    @Test
    fun failureOfASuspendingFunctionIsRetriedAndDeadLettered() {
        template.send("orders", PriceOf("worm"))
        assertThat(next()).isEqualTo("order worm")
        assertThat(next()).isEqualTo("order worm")
        await().atMost(patience).until { emulator.queue("orders").deadLetters().size == 1 }
        assertThat(emulator.queue("orders").deadLetters().single().deadLetterErrorDescription())
            .isEqualTo("it is alive")
    }

    @Test
    fun functionWithoutResultCompletesItsMessageAndRepliesNothing() {
        template.to("orders").body(PriceOf("pear")).replyTo("nobody").send()
        assertThat(next()).isEqualTo("order pear")
        await().atMost(patience).until { emulator.queue("orders").messages().isEmpty() }
        assertThat(emulator.queues()).doesNotContain("nobody")
    }

    @Test
    fun nullablePayloadAndHeaderMayBeMissing() {
        template.send("questions", "Who")
        assertThat(next()).isEqualTo("question Who in null")
        assertThat(template.receive("answers", String::class.java, patience)).isEqualTo("Who? No.")
        template.to("questions").header("language", "en").send()
        assertThat(next()).isEqualTo("question null in en")
        await().atMost(patience).until { emulator.queue("questions").messages().isEmpty() }
        assertThat(emulator.queue("questions").deadLetters()).isEmpty()
    }

    @Test
    fun plainFunctionTakesANullablePayload() {
        template.to("plain").send()
        assertThat(next()).isEqualTo("plain null")
        template.send("plain", PriceOf("apple"))
        assertThat(next()).isEqualTo("plain apple")
    }

    @Test
    fun suspendingFunctionTakesBatches() {
        template.sendAll("stock", listOf(PriceOf("apple"), PriceOf("pear"), PriceOf("plum")))
        assertThat(next()).isEqualTo("stock apple, pear, plum")
        await().atMost(patience).until { emulator.queue("stock").messages().isEmpty() }
    }

    private fun next(): String? = ledger.entries.poll(patience.toSeconds(), TimeUnit.SECONDS)
}
