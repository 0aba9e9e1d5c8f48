package dev.servicebus.architecture;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Imports point down, towards the socket.
 */
@AnalyzeClasses(packages = OurCode.ROOT, importOptions = OurCode.class)
class LayerRulesTests {

	@ArchTest
	static final ArchRule packagesAreFreeOfCycles = slices().matching("dev.servicebus.(**)").should().beFreeOfCycles();

	@ArchTest
	static final ArchRule amqpKnowsNeitherSpringNorServiceBus = noClasses().that()
		.resideInAPackage("dev.servicebus.amqp..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework..", "dev.servicebus.client..", "dev.servicebus.message..",
				"dev.servicebus.emulator..");

	@ArchTest
	static final ArchRule endpointContractsKnowNoEngine = noClasses().that()
		.resideInAPackage("dev.servicebus.amqp.endpoint..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("dev.servicebus.amqp.engine..", "dev.servicebus.amqp.rpc..");

	@ArchTest
	static final ArchRule protonIsBehindOneDoor = noClasses().that()
		.resideOutsideOfPackage("dev.servicebus.amqp.engine..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.apache.qpid.proton..");

	@ArchTest
	static final ArchRule nettyIsBehindOneDoor = noClasses().that()
		.resideOutsideOfPackage("dev.servicebus.amqp.transport..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.netty..");

	@ArchTest
	static final ArchRule clientIsFreeOfSpring = noClasses().that()
		.resideInAnyPackage("dev.servicebus.client", "dev.servicebus.client.admin..", "dev.servicebus.client.amqp..",
				"dev.servicebus.client.auth..", "dev.servicebus.client.connection..", "dev.servicebus.client.error..",
				"dev.servicebus.client.management..", "dev.servicebus.client.rule..", "dev.servicebus.message..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework..");

	@ArchTest
	static final ArchRule springRetryIsUsedInOnePackage = noClasses().that()
		.resideOutsideOfPackage("dev.servicebus.client.retry..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.retry..", "org.springframework.core.retry..");

	@ArchTest
	static final ArchRule emulatorSharesNoReadingWithTheClient = noClasses().that()
		.resideInAPackage("dev.servicebus.emulator..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("dev.servicebus.client..", "dev.servicebus.message..", "org.springframework..");

	@ArchTest
	static final ArchRule brokerDomainKnowsNoAmqp = noClasses().that()
		.resideInAnyPackage("dev.servicebus.emulator.time..", "dev.servicebus.emulator.store..",
				"dev.servicebus.emulator.delivery..", "dev.servicebus.emulator.entity..",
				"dev.servicebus.emulator.session..", "dev.servicebus.emulator.rule..", "dev.servicebus.emulator.auth..",
				"dev.servicebus.emulator.config..", "dev.servicebus.emulator.transaction..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("dev.servicebus.amqp..", "dev.servicebus.emulator.amqp..",
				"dev.servicebus.emulator.http..");

	@ArchTest
	static final ArchRule coreKnowsNoBoot = noClasses().that()
		.resideOutsideOfPackage("dev.servicebus.boot..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.boot..");

	@ArchTest
	static final ArchRule autoConfigurationsOpenNothingButTheirType = methods().that()
		.areDeclaredInClassesThat()
		.areAnnotatedWith("org.springframework.boot.autoconfigure.AutoConfiguration")
		.should()
		.notBePublic();

	@ArchTest
	static final ArchRule templateAndListenersDoNotKnowEachOther = noClasses().that()
		.resideInAPackage("dev.servicebus.template..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("dev.servicebus.listener..", "dev.servicebus.endpoint..", "dev.servicebus.annotation..");

	@ArchTest
	static final ArchRule listenersDoNotKnowHowTheyAreDeclared = noClasses().that()
		.resideInAPackage("dev.servicebus.listener..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("dev.servicebus.endpoint..", "dev.servicebus.annotation..", "dev.servicebus.template..",
				"dev.servicebus.client.amqp..", "dev.servicebus.client.connection..");

}
