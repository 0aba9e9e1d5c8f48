package dev.servicebus.samples.kotlin

import org.springframework.stereotype.Component
import java.util.concurrent.BlockingQueue
import java.util.concurrent.LinkedBlockingQueue

/**
 * What has happened in the shop.
 */
@Component
class Ledger {

    val entries: BlockingQueue<String> = LinkedBlockingQueue()

    fun note(entry: String) {
        entries.add(entry)
    }
}
