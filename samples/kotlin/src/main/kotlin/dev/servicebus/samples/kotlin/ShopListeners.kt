package dev.servicebus.samples.kotlin

import dev.servicebus.annotation.ServiceBusListener
import dev.servicebus.converter.ProblemReply
import dev.servicebus.listener.ProblemReplyException
import kotlinx.coroutines.delay
import org.springframework.messaging.handler.annotation.Header
import org.springframework.messaging.handler.annotation.SendTo
import org.springframework.stereotype.Component

data class PriceOf(val fruit: String, val count: Int = 1)

data class Price(val fruit: String, val cents: Int)

/**
 * Suspending functions hold no thread while they wait. The message is settled, and what
 * they return is sent as a reply, when they end.
 */
@Component
class ShopListeners(private val ledger: Ledger) {

    @ServiceBusListener(queue = ["prices"], concurrency = "50", returnExceptions = "true", retry = "none")
    suspend fun price(request: PriceOf): Price {
        delay(10)
        if (request.fruit == "worm") {
            throw ProblemReplyException(ProblemReply.of("Not sold").withDetail("${request.fruit}s are alive"))
        }
        return Price(request.fruit, request.count * request.fruit.length)
    }

    /** Nothing is replied to what is about nothing. */
    @ServiceBusListener(queue = ["questions"])
    @SendTo("answers")
    suspend fun answer(question: String?, @Header("language") language: String?): String? {
        delay(1)
        ledger.note("question $question in $language")
        return question?.let { "$it? No." }
    }

    @ServiceBusListener(queue = ["orders"], retry = "fixed 10ms, attempts 2")
    suspend fun order(order: PriceOf) {
        ledger.note("order ${order.fruit}")
        delay(1)
        check(order.fruit != "worm") { "it is alive" }
    }

    @ServiceBusListener(queue = ["stock"], batch = "3, 5s")
    suspend fun stock(fruits: List<PriceOf>) {
        delay(1)
        ledger.note("stock " + fruits.joinToString { it.fruit })
    }

    @ServiceBusListener(queue = ["plain"])
    fun plain(order: PriceOf?) = ledger.note("plain ${order?.fruit}")
}
