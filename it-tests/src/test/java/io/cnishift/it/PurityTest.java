package io.cnishift.it;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Which libraries each part may know.
 *
 * <p>A library in a signature is a promise to everybody behind it. The rules keep each one where it can be replaced in one
 * place, and keep the parts that decide (strategies, chart knowledge, step handlers) free of anything that acts. Before a
 * library is let into one more package, ask whether a value could cross the border instead.
 */
@AnalyzeClasses(packages = "io.cnishift", importOptions = DoNotIncludeTests.class)
final class PurityTest {

    // A strategy jar brings its own Vavr, Jackson or SDK. One such type in our signatures would force our version on
    // it.
    @ArchTest
    static final ArchRule apiUsesTheJdkAndJSpecifyAlone = classes()
            .that()
            .resideInAPackage("io.cnishift.api..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.cnishift.api..", "java..", "org.jspecify..")
            .allowEmptyShould(true);

    // Chart knowledge is data and arithmetic, and is used by strategies, so it obeys their limits.
    @ArchTest
    static final ArchRule ciliumUsesTheJdkAlone = classes()
            .that()
            .resideInAPackage("io.cnishift.cilium..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.cnishift.api..", "io.cnishift.cilium..", "java..", "org.jspecify..")
            .allowEmptyShould(true);

    // No Guice, no Jackson, no client: ours must be what a third party can write with the api jar and nothing else.
    @ArchTest
    static final ArchRule strategiesUseVavrAlone = classes()
            .that()
            .resideInAPackage("io.cnishift.strategy..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.cnishift..", "java..", "org.jspecify..", "io.vavr..")
            .allowEmptyShould(true);

    // A plan is a function of its request. With a file, a socket or a thread in it, the same request could give two
    // plans.
    @ArchTest
    static final ArchRule strategiesDoNoInputOrOutput = noClasses()
            .that()
            .resideInAPackage("io.cnishift.strategy..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio..", "java.net..", "java.util.concurrent..")
            .allowEmptyShould(true);

    // Who holds a port can act. Strategies, step handlers and probes decide; the engine acts, and writes it down first.
    @ArchTest
    static final ArchRule onlyTheEngineCallsPorts =
            noClasses().that(decide()).should().dependOnClassesThat(arePorts()).allowEmptyShould(true);

    // SDK types and their exceptions are translated at the port; beyond it nobody should have to know them.
    @ArchTest
    static final ArchRule clientsStayInAdapters = noClasses()
            .that()
            .resideOutsideOfPackage("io.cnishift.adapters..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8..", "software.amazon..", "io.github.resilience4j..")
            .allowEmptyShould(true);

    // Commands are one way in. What only they can reach, a test or another front end cannot use.
    @ArchTest
    static final ArchRule picocliStaysInCli = noClasses()
            .that()
            .resideOutsideOfPackage("io.cnishift.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..")
            .allowEmptyShould(true);

    private static DescribedPredicate<JavaClass> decide() {
        return describe(
                "decide without acting",
                type -> type.getPackageName().startsWith("io.cnishift.strategy")
                        || implementsOneNamed(type, "StepHandler")
                        || implementsOneNamed(type, "Probe"));
    }

    private static DescribedPredicate<JavaClass> arePorts() {
        return describe(
                "are ports",
                type -> type.getPackageName().equals("io.cnishift.api.port")
                        && (type.getSimpleName().endsWith("Port")
                                || type.getSimpleName().equals("World")
                                || type.getSimpleName().equals("TimeSource")));
    }

    private static boolean implementsOneNamed(JavaClass type, String name) {
        return type.getAllRawInterfaces().stream()
                .anyMatch(face -> face.getPackageName().equals("io.cnishift.api")
                        && face.getSimpleName().equals(name));
    }
}
