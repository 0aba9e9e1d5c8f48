package dev.servicebus.listener;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several monitors as one.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class MonitorChainTests {

	@Test
	void errorOfOneMonitorDoesNotReachTheContainerOrTheOthers() {
		List<String> heard = new ArrayList<>();
		ListenerMonitor broken = new ListenerMonitor() {

			@Override
			public void started(String listenerId) {
				throw new AssertionError("broken");
			}

		};
		ListenerMonitor working = new ListenerMonitor() {

			@Override
			public void started(String listenerId) {
				heard.add(listenerId);
			}

		};
		ListenerMonitor.of(List.of(broken, working)).started("orders");
		assertThat(heard).containsExactly("orders");
	}

}
