package dev.servicebus.architecture;

import java.io.ObjectInputStream;
import java.time.Instant;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * What holds in every class.
 */
@AnalyzeClasses(packages = OurCode.ROOT, importOptions = OurCode.class)
class CodeRulesTests {

	@ArchTest
	static final ArchRule nobodySleeps = noClasses().should().callMethod(Thread.class, "sleep", long.class);

	@ArchTest
	static final ArchRule timeIsPassedIn = noClasses().should()
		.callMethod(System.class, "currentTimeMillis")
		.orShould()
		.callMethod(Instant.class, "now")
		.orShould()
		.dependOnClassesThat()
		.areAssignableTo(Timer.class);

	@ArchTest
	static final ArchRule noWaitIsUnbounded = noClasses().that(areNotTheOneDoorForBlockingCalls())
		.should()
		.callMethod(CompletableFuture.class, "get")
		.orShould()
		.callMethod(CompletableFuture.class, "join");

	@ArchTest
	static final ArchRule nothingIsDeserialized = noClasses().should()
		.dependOnClassesThat()
		.areAssignableTo(ObjectInputStream.class);

	@ArchTest
	static final ArchRule noUtilityGrabBags = noClasses().should()
		.haveSimpleNameEndingWith("Utils")
		.orShould()
		.haveSimpleNameEndingWith("Util")
		.orShould()
		.haveSimpleNameEndingWith("Helper");

	@ArchTest
	static final ArchRule optionsAreImmutable = fields().that()
		.areDeclaredInClassesThat()
		.haveSimpleNameEndingWith("Options")
		.should()
		.beFinal();

	@ArchTest
	static final ArchRule exceptionsAreNamedAsSuch = classes().that()
		.areAssignableTo(Throwable.class)
		.should()
		.haveSimpleNameEndingWith("Exception");

	/**
	 * The client's door waits for operations that their own time limit ends; the
	 * emulator's asks for results that are there; a simulation waits in virtual time.
	 */
	private static DescribedPredicate<JavaClass> areNotTheOneDoorForBlockingCalls() {
		return DescribedPredicate.describe("are not the one door for blocking calls",
				(type) -> !type.getName().startsWith("dev.servicebus.client.amqp.Completions")
						&& !type.getName().startsWith("dev.servicebus.emulator.LoopCalls")
						&& !type.getPackageName().startsWith("dev.servicebus.amqp.simulation"));
	}

}
