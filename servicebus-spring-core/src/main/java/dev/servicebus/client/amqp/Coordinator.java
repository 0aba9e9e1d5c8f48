package dev.servicebus.client.amqp;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.amqp.endpoint.AmqpSession;
import dev.servicebus.amqp.transport.Deadlines;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.connection.LinkFailure;
import dev.servicebus.client.connection.LinkKeeper;
import org.jspecify.annotations.Nullable;

/**
 * Begins transactions, on a link that is attached with the first of them and stays. When
 * it is lost the broker gives up what was not discharged. Confined to the loop.
 */
final class Coordinator implements LinkKeeper.Link<CoordinatorLife> {

	/** What errors and links are named after; it is no entity. */
	static final String NAME = "$coordinator";

	private final ClientCore core;

	private final TransactionScope scope;

	private final Deadlines deadlines;

	private final LinkKeeper<CoordinatorLife> keeper;

	/** Declarations that have not ended, whether they wait for the link or an answer. */
	private final Set<Declaration> declarations = new LinkedHashSet<>();

	Coordinator(ClientCore core, TransactionScope scope) {
		this.core = core;
		this.scope = scope;
		this.deadlines = new Deadlines(core.owner().loop());
		this.keeper = new LinkKeeper<>(core.owner(), this, core.operationTimeout());
	}

	ClientCore core() {
		return this.core;
	}

	Deadlines deadlines() {
		return this.deadlines;
	}

	/**
	 * Attaches the link without waiting for a transaction.
	 */
	void attach() {
		this.keeper.want();
	}

	void begin(Declaration declaration) {
		this.declarations.add(declaration);
		this.deadlines.add(declaration.timeout(), declaration);
		tryAgain(declaration);
	}

	void tryAgain(Declaration declaration) {
		CoordinatorLife life = this.keeper.current();
		if (life != null) {
			life.send(declaration);
		}
		else {
			this.keeper.want();
		}
	}

	void ended(Declaration declaration) {
		this.declarations.remove(declaration);
		CoordinatorLife life = this.keeper.current();
		if (life != null) {
			life.withdraw(declaration);
		}
		if (this.declarations.isEmpty() && life == null) {
			this.keeper.release();
		}
	}

	/**
	 * Answers what the broker has said about a command.
	 */
	void answered(CoordinatorLife.Command command, CoordinatorLife life, @Nullable DeliveryState state) {
		this.keeper.usefulWork();
		command.answered(life, state);
	}

	void opened(CoordinatorLife life) {
		this.keeper.opened(life);
	}

	void ended(CoordinatorLife life, AmqpLink.LinkEnd end) {
		this.keeper.ended(life, end);
	}

	@Override
	public String entityPath() {
		return NAME;
	}

	@Override
	public boolean needsRight() {
		return false;
	}

	@Override
	public CoordinatorLife attach(AmqpSession session) {
		return new CoordinatorLife(this, session, this.scope);
	}

	@Override
	public void up(CoordinatorLife life) {
		List.copyOf(this.declarations).forEach(life::send);
	}

	@Override
	public boolean down(@Nullable CoordinatorLife life, LinkFailure failure) {
		ServiceBusException cause = failure.exception();
		if (life != null) {
			life.lost(cause);
		}
		for (Declaration declaration : new ArrayList<>(this.declarations)) {
			declaration.noteFailure(cause);
			if (!failure.isTransient()) {
				declaration.fail(cause);
			}
		}
		return !this.declarations.isEmpty();
	}

}
