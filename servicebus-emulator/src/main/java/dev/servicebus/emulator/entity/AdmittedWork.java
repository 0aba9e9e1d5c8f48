package dev.servicebus.emulator.entity;

import dev.servicebus.emulator.delivery.TransactionalWork;

/**
 * Work on deliveries that can only be committed while the entity exists.
 */
record AdmittedWork(Admission admission, TransactionalWork work) implements TransactionalWork {

	@Override
	public void check() {
		this.admission.checkExists();
		this.work.check();
	}

	@Override
	public void apply() {
		this.work.apply();
	}

	@Override
	public void rollBack() {
		this.work.rollBack();
	}

}
