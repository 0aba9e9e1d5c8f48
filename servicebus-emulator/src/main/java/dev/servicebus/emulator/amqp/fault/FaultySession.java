package dev.servicebus.emulator.amqp.fault;

import java.util.concurrent.Executor;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.endpoint.AmqpSession;
import dev.servicebus.amqp.endpoint.IncomingLink;
import dev.servicebus.amqp.endpoint.SessionListener;
import dev.servicebus.emulator.fault.FaultError;
import dev.servicebus.emulator.fault.FaultPoint;
import org.jspecify.annotations.Nullable;

/**
 * A session whose links may not come into being, and of whose links each may fail later.
 */
final class FaultySession implements SessionListener {

	private final SessionListener broker;

	private final ConnectionFaults faults;

	FaultySession(SessionListener broker, ConnectionFaults faults) {
		this.broker = broker;
		this.faults = faults;
	}

	@Override
	public void onAttach(IncomingLink link) {
		this.faults.watch(link.session());
		LinkPlace place = LinkPlace.of(link);
		FaultyIncomingLink faulty = new FaultyIncomingLink(link, place, this.faults);
		this.faults.pass(FaultPoint.ATTACH, place.entity(), place.operation(), new Passage() {
			@Override
			public void goOn(Executor answers) {
				answers.execute(() -> {
					if (!faulty.isAbandoned()) {
						FaultySession.this.broker.onAttach(faulty);
					}
				});
			}

			@Override
			public void refuse(FaultError error) {
				link.refuse(ConnectionFaults.toAmqp(error));
			}

			@Override
			public void detach(FaultError error) {
				refuse(error);
			}
		});
	}

	@Override
	public void onEnded(AmqpSession session, @Nullable AmqpError error) {
		this.broker.onEnded(session, error);
	}

}
