package io.cnishift.it;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/**
 * Calls that would make a run depend on something other than its input.
 *
 * <p>A rehearsal is only worth something when the same cluster, plan and seed give the same run, in virtual time and after
 * a crash. The wall clock, waiting, chance, the process and the terminal are therefore behind one named class each. To
 * widen a list below, say in its comment what the new class is for and why a parameter would not do.
 */
@AnalyzeClasses(packages = "io.cnishift", importOptions = DoNotIncludeTests.class)
final class ForbiddenCallsTest {

    /** May end the process and write to the terminal: the entry point, which hands streams on to the commands. */
    private static final Set<String> PROCESS_OWNERS = Set.of("io.cnishift.cli.Main");

    /** The modules of the command line that give out what reads clusters and finds strategies. */
    private static final Set<String> MODULES = Set.of("io.cnishift.cli.ClustersModule", "io.cnishift.cli.EngineModule");

    // Time comes from the TimeSource port. A class that asks the clock itself is wrong in the simulator and after
    // resume.
    @ArchTest
    static final ArchRule onlyATimeSourceReadsTheClock = noClasses()
            .that(areNoTimeSource())
            .should()
            .accessTargetWhere(target(
                    "reads the wall clock",
                    Set.of(
                            "java.time.Instant.now",
                            "java.time.LocalDate.now",
                            "java.time.LocalTime.now",
                            "java.time.LocalDateTime.now",
                            "java.time.OffsetDateTime.now",
                            "java.time.ZonedDateTime.now",
                            "java.time.Clock.systemUTC",
                            "java.time.Clock.systemDefaultZone",
                            "java.time.Clock.system",
                            "java.lang.System.currentTimeMillis",
                            "java.lang.System.nanoTime",
                            "java.util.Date.<init>")));

    // Waiting is an outcome. A thread that sleeps cannot be interrupted cleanly and stops virtual time.
    @ArchTest
    static final ArchRule onlyATimeSourceWaits = noClasses()
            .that(areNoTimeSource())
            .should()
            .accessTargetWhere(target(
                    "blocks the thread for a time",
                    Set.of(
                            "java.lang.Thread.sleep",
                            "java.util.concurrent.TimeUnit.sleep",
                            "java.util.concurrent.locks.LockSupport.park",
                            "java.util.concurrent.locks.LockSupport.parkNanos",
                            "java.util.concurrent.locks.LockSupport.parkUntil",
                            "java.lang.Object.wait")));

    // One seed, one run. Chance without a seed, and sets whose order changes from run to run, break that unseen.
    @ArchTest
    static final ArchRule nothingBelowTheCommandLineThrowsDice = noClasses()
            .that()
            .resideOutsideOfPackages("io.cnishift.cli..", "io.cnishift.adapters..")
            .should()
            .accessTargetWhere(unseededChance())
            .allowEmptyShould(true);

    // stdout is data and belongs to the command; a library that prints corrupts somebody's JSON.
    @ArchTest
    static final ArchRule onlyTheEntryPointOwnsTheTerminal = noClasses()
            .that(areNot(PROCESS_OWNERS))
            .should()
            .accessTargetWhere(target(
                    "uses the terminal",
                    Set.of(
                            "java.lang.System.out",
                            "java.lang.System.err",
                            "java.lang.System.in",
                            "java.lang.System.console",
                            "java.lang.Throwable.printStackTrace")));

    // Ending the process skips the journal's last record and leaves the lock behind.
    @ArchTest
    static final ArchRule onlyTheEntryPointEndsTheProcess = noClasses()
            .that(areNot(PROCESS_OWNERS))
            .should()
            .accessTargetWhere(target(
                    "ends the process",
                    Set.of("java.lang.System.exit", "java.lang.Runtime.exit", "java.lang.Runtime.halt")));

    // What a command makes past the modules no wiring test sees, and no test replaces.
    @ArchTest
    static final ArchRule onlyModulesWire = noClasses()
            .that()
            .resideInAPackage("io.cnishift.cli..")
            .and(areNot(MODULES))
            .should()
            .accessTargetWhere(target(
                    "makes a part that a module binds",
                    Set.of("io.cnishift.adapters.RealWorlds.<init>", "io.cnishift.engine.plan.StrategyBook.load")));

    // State in a static survives the crash that a test plays and is shared by two runs in one process.
    @ArchTest
    static final ArchRule staticsHoldNoState =
            fields().that().areStatic().should().beFinal().allowEmptyShould(true);

    private static DescribedPredicate<JavaClass> areNoTimeSource() {
        return describe(
                "are no TimeSource",
                type -> type.getAllRawInterfaces().stream()
                        .noneMatch(face -> face.getName().equals("io.cnishift.api.port.TimeSource")));
    }

    private static DescribedPredicate<JavaClass> areNot(Set<String> names) {
        return describe("are not " + names, type -> !names.contains(type.getName()));
    }

    private static DescribedPredicate<JavaAccess<?>> target(String description, Set<String> names) {
        return describe(description, access -> names.contains(nameOf(access)));
    }

    private static DescribedPredicate<JavaAccess<?>> unseededChance() {
        Set<String> always = Set.of(
                "java.lang.Math.random", "java.util.UUID.randomUUID", "java.util.concurrent.ThreadLocalRandom.current");
        Set<String> withoutSeed = Set.of(
                "java.util.Random.<init>", "java.util.SplittableRandom.<init>", "java.security.SecureRandom.<init>");
        return describe(
                "draws an unseeded random number",
                access -> always.contains(nameOf(access))
                        || (withoutSeed.contains(nameOf(access)) && parametersOf(access) == 0)
                        || (nameOf(access).equals("java.util.Collections.shuffle") && parametersOf(access) == 1));
    }

    private static String nameOf(JavaAccess<?> access) {
        return access.getTargetOwner().getName() + "." + access.getTarget().getName();
    }

    private static int parametersOf(JavaAccess<?> access) {
        return access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget unit
                ? unit.getRawParameterTypes().size()
                : 0;
    }
}
