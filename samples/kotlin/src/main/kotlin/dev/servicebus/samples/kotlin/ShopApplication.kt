package dev.servicebus.samples.kotlin

import org.springframework.boot.autoconfigure.SpringBootApplication
import org.springframework.boot.runApplication

/**
 * A shop that is asked for prices and takes orders.
 */
@SpringBootApplication(proxyBeanMethods = false)
class ShopApplication

fun main(arguments: Array<String>) {
    runApplication<ShopApplication>(*arguments)
}
