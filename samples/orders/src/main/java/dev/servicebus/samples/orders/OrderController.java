package dev.servicebus.samples.orders;

import java.util.List;

import dev.servicebus.client.MessageSizeExceededException;
import dev.servicebus.template.ServiceBusTemplate;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes orders, and shows what has become of them.
 */
@RestController
@RequestMapping("/orders")
class OrderController {

	private static final int MAX_DEAD_LETTERS = 100;

	private final ServiceBusTemplate template;

	private final OrderCounts counts;

	OrderController(ServiceBusTemplate template, OrderCounts counts) {
		this.template = template;
		this.counts = counts;
	}

	/**
	 * Answers when the broker has the order: from then on it cannot be lost.
	 */
	@PostMapping
	@ResponseStatus(HttpStatus.ACCEPTED)
	void accept(@RequestBody Order order) {
		this.template.to("orders").body(order).messageId(order.id()).send();
	}

	/**
	 * The broker takes no message of that size, however often it is asked.
	 */
	@ExceptionHandler(MessageSizeExceededException.class)
	@ResponseStatus(HttpStatus.CONTENT_TOO_LARGE)
	void tooLarge() {
	}

	@GetMapping("/counts")
	OrderCounts.Snapshot counts() {
		return this.counts.snapshot();
	}

	@GetMapping("/dead-letters")
	List<DeadLetter> deadLetters() {
		return this.template.peek("orders/$DeadLetterQueue", MAX_DEAD_LETTERS).stream().map(DeadLetter::of).toList();
	}

}
