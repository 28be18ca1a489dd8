package io.cnishift.it;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/**
 * What may be seen from where, and what things are called.
 *
 * <p>A public type is used by somebody sooner or later and can then no longer change; a class that is open gets a subclass
 * that relies on its insides. Both are hard to take back, so they are asked for here and not in review.
 */
@AnalyzeClasses(packages = "io.cnishift", importOptions = DoNotIncludeTests.class)
final class ShapeTest {

    // The strategy itself must be public for ServiceLoader. All else is nobody's business: nothing compiles against it.
    @ArchTest
    static final ArchRule strategiesShowNothingButThemselves = classes()
            .that()
            .resideInAPackage("io.cnishift.strategy..")
            .and(describe("are top level", JavaClass::isTopLevelClass))
            .and(describe("are no MigrationStrategy", type -> !implementsOneNamed(type, "MigrationStrategy")))
            .should()
            .notBePublic()
            .allowEmptyShould(true);

    // Step handlers are looked up by kind id. A handler that can be called by name will be, past journal and budgets.
    @ArchTest
    static final ArchRule stepHandlersArePackagePrivate = classes()
            .that(describe("are step handlers", type -> !type.isInterface() && implementsOneNamed(type, "StepHandler")))
            .should()
            .notBePublic()
            .allowEmptyShould(true);

    // Inheritance between handlers or inside a strategy hides which code decides; composition shows it.
    @ArchTest
    static final ArchRule strategiesAndStepHandlersAreFinal = classes()
            .that(areOrdinaryClasses())
            .and(describe(
                    "belong to a strategy or handle a step",
                    type -> type.getPackageName().startsWith("io.cnishift.strategy")
                            || implementsOneNamed(type, "StepHandler")))
            .should()
            .haveModifier(JavaModifier.FINAL)
            .allowEmptyShould(true);

    // Without the mark NullAway looks the other way for the whole package, and nobody notices.
    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes().should(liveInANullMarkedPackage());

    // Such packages collect what nobody found a place for. Features have names; use them.
    @ArchTest
    static final ArchRule packagesAreNamedForFeatures = noClasses()
            .should()
            .resideInAnyPackage(
                    "..util..",
                    "..utils..",
                    "..common..",
                    "..impl..",
                    "..model..",
                    "..helper..",
                    "..helpers..",
                    "..misc..");

    // A name that fits any content tells the reader nothing and grows without limit.
    @ArchTest
    static final ArchRule classesAreNamedForWhatTheyDo = noClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Impl");

    private static DescribedPredicate<JavaClass> areOrdinaryClasses() {
        return describe(
                "are ordinary classes",
                type -> !type.isInterface()
                        && !type.isEnum()
                        && !type.isRecord()
                        && !type.isAnonymousClass()
                        && !type.getModifiers().contains(JavaModifier.SYNTHETIC)
                        && type.getRawSuperclass()
                                .map(parent -> !parent.isEnum())
                                .orElse(true));
    }

    private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
        return new ArchCondition<>("live in a package with @NullMarked in its package-info.java") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " is in a package without it"));
                }
            }
        };
    }

    private static boolean implementsOneNamed(JavaClass type, String name) {
        return type.getAllRawInterfaces().stream()
                .anyMatch(face -> face.getPackageName().equals("io.cnishift.api")
                        && face.getSimpleName().equals(name));
    }
}
