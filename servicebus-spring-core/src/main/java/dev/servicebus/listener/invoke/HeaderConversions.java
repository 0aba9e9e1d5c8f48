package dev.servicebus.listener.invoke;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import org.springframework.core.convert.ConversionService;
import org.springframework.format.datetime.standard.DateTimeFormatterRegistrar;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.format.support.DefaultFormattingConversionService;

/**
 * Converts headers to the types that methods ask for. Times are text as in ISO 8601,
 * since senders that know no other types write them so, whatever the locale here is.
 */
final class HeaderConversions {

	private HeaderConversions() {
	}

	static ConversionService service() {
		DefaultFormattingConversionService service = new DefaultFormattingConversionService();
		DateTimeFormatterRegistrar times = new DateTimeFormatterRegistrar();
		times.setUseIsoFormat(true);
		times.registerFormatters(service);
		service.addConverter(Instant.class, OffsetDateTime.class, (instant) -> instant.atOffset(ZoneOffset.UTC));
		service.addConverter(String.class, Instant.class, (text) -> OffsetDateTime.parse(text).toInstant());
		service.addConverter(String.class, Duration.class, DurationFormatterUtils::detectAndParse);
		return service;
	}

}
