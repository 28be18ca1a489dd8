package io.cnishift.it;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The arrows between modules, and no others.
 *
 * <p>Maven already stops a module from compiling against one that its pom does not name. These rules stop what Maven lets
 * through: a pom that gained an arrow for one convenient call, a class that arrives through somebody else's dependency, and
 * a package that grew into two modules. Before a line is widened here, the new arrow needs a decision in docs/adr: every
 * arrow takes away the freedom to change one side alone.
 */
@AnalyzeClasses(packages = "io.cnishift", importOptions = DoNotIncludeTests.class)
final class ModuleArrowsTest {

    /** Maven module to its root package. A class anywhere else belongs to no module and would escape the rules. */
    private static final Map<String, String> ROOTS = Map.ofEntries(
            Map.entry("api", "io.cnishift.api"),
            Map.entry("cilium", "io.cnishift.cilium"),
            Map.entry("engine", "io.cnishift.engine"),
            Map.entry("adapters", "io.cnishift.adapters"),
            Map.entry("simulator", "io.cnishift.simulator"),
            Map.entry("strategy-overlay", "io.cnishift.strategy.overlay"),
            Map.entry("strategy-chaining", "io.cnishift.strategy.chaining"),
            Map.entry("strategy-new-cluster", "io.cnishift.strategy.newcluster"),
            Map.entry("strategy-custom-networking", "io.cnishift.strategy.customnetworking"),
            Map.entry("cli", "io.cnishift.cli"));

    private static final Pattern BUILT_IN = Pattern.compile(".*/([a-z-]+)/target/[^/]+.*");

    // The contract must compile alone: whatever it knew, every third-party strategy would have to carry.
    @ArchTest
    static final ArchRule apiKnowsNoOtherModule = knowsOnly("api");

    // Chart knowledge is shared by strategies and by third parties; it must not need a running anything.
    @ArchTest
    static final ArchRule ciliumKnowsTheApi = knowsOnly("cilium", "api");

    // The engine sees ports. If it saw an adapter or the simulator, a rehearsal would no longer prove the real run.
    @ArchTest
    static final ArchRule engineKnowsTheApi = knowsOnly("engine", "api");

    // An adapter that could call the engine would decide something by itself instead of answering.
    @ArchTest
    static final ArchRule adaptersKnowTheApi = knowsOnly("adapters", "api");

    // The contract kit drives the engine over the simulator; nothing else may be above both.
    @ArchTest
    static final ArchRule simulatorKnowsTheEngine = knowsOnly("simulator", "engine", "api");

    // A strategy is planned with and judged from outside. One that saw the engine could reach past its plan.
    @ArchTest
    static final ArchRule overlayKnowsApiAndCilium = knowsOnly("strategy-overlay", "api", "cilium");

    @ArchTest
    static final ArchRule chainingKnowsApiAndCilium = knowsOnly("strategy-chaining", "api", "cilium");

    @ArchTest
    static final ArchRule newClusterKnowsApiAndCilium = knowsOnly("strategy-new-cluster", "api", "cilium");

    @ArchTest
    static final ArchRule customNetworkingKnowsApiAndCilium = knowsOnly("strategy-custom-networking", "api", "cilium");

    // Strategies are found at run time. The first compiled call to one would make it impossible to leave out.
    @ArchTest
    static final ArchRule cliKnowsNoStrategy = knowsOnly("cli", "engine", "adapters", "simulator", "api");

    // A package in two modules gives each package-private access to the other, past every arrow above.
    @ArchTest
    static final ArchRule everyClassLivesUnderTheRootOfItsModule = classes().should(liveUnderTheRootOfTheirModule());

    // Two packages that need each other are one package with a fence in the middle: neither is understood alone. The
    // one
    // edge let through is the simulator's own findings, which a World hands up; it stands by name, so no second one
    // joins.
    @ArchTest
    static final ArchRule packagesHaveNoCycles = slices().matching("io.cnishift.(**)")
            .should()
            .beFreeOfCycles()
            .ignoreDependency(named("io.cnishift.api.port.World"), named("io.cnishift.api.Finding"));

    private static ArchRule knowsOnly(String module, String... others) {
        String[] allowed = Stream.concat(Stream.of(module), Arrays.stream(others))
                .map(name -> ROOTS.get(name) + "..")
                .toArray(String[]::new);
        return classes()
                .that(resideInAPackage(ROOTS.get(module) + ".."))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed).or(not(resideInAPackage("io.cnishift.."))))
                // A module without sources is no fault; a renamed package is, and the rule on roots sees it.
                .allowEmptyShould(true);
    }

    private static DescribedPredicate<JavaClass> named(String name) {
        return describe(name, type -> type.getName().equals(name));
    }

    private static ArchCondition<JavaClass> liveUnderTheRootOfTheirModule() {
        return new ArchCondition<>("live under the root package of their module") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String place = type.getSource().orElseThrow().getUri().toString();
                Matcher built = BUILT_IN.matcher(place);
                String root = built.matches() ? ROOTS.getOrDefault(built.group(1), "none") : "none";
                String name = type.getPackageName();
                if (!name.equals(root) && !name.startsWith(root + ".")) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " from " + place));
                }
            }
        };
    }
}
