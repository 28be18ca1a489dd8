package io.cnishift.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.cnishift.api.act.CreateAutoScalingGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.engine.policy.Readings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of what reading needs, against the calls that reading makes. */
final class ReadingsTest {

    private static final Map<String, String> SERVICES = Map.of(
            "EksClient",
            "eks",
            "Ec2Client",
            "ec2",
            "AutoScalingClient",
            "autoscaling",
            "ElasticLoadBalancingV2Client",
            "elasticloadbalancing");

    @Test
    void hasEveryCallThatReadsFromAws() {
        JavaClasses adapters = ArchConfiguration.withThreadLocalScope(configuration -> {
            // the clients themselves have thousands of classes, of which names are enough
            configuration.setResolveMissingDependenciesFromClassPath(false);
            return new ClassFileImporter().importPackages("io.cnishift.adapters.aws");
        });
        Set<String> called = adapters.stream()
                .flatMap(c -> c.getMethodCallsFromSelf().stream())
                .filter(call -> SERVICES.containsKey(call.getTargetOwner().getSimpleName()))
                .filter(call -> call.getName().matches("(describe|list|get)[A-Z].*"))
                .map(ReadingsTest::action)
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> known = Arrays.stream(Part.values())
                .flatMap(part -> Readings.actions(part).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        // what is copied is read by the act that copies, which names it among its own operations
        known.addAll(new CreateAutoScalingGroup("new", "old", 1, 0, 1, 0, List.of(), Map.of()).operations());
        assertThat(called).hasSizeGreaterThan(20);
        assertThat(known).containsAll(called);
    }

    @Test
    void hasARightForEachPart() {
        assertThat(Part.values())
                .allSatisfy(part -> assertThat(
                                part.source() == Part.Source.AWS ? Readings.actions(part) : Readings.resources(part))
                        .as(part.toString())
                        .isNotEmpty());
    }

    private static String action(JavaMethodCall call) {
        String name = call.getName().replace("Paginator", "");
        return SERVICES.get(call.getTargetOwner().getSimpleName()) + ":" + Character.toUpperCase(name.charAt(0))
                + name.substring(1);
    }
}
