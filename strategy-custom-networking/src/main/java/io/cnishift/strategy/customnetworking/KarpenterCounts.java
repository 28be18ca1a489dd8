package io.cnishift.strategy.customnetworking;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How many pods Karpenter thinks a node carries. The twins that a plan makes say it themselves; pools that come later need not.
 */
final class KarpenterCounts {

    private static final String KARPENTER = "karpenter";
    private static final String VARIABLE = "RESERVED_ENIS";
    private static final String ARGUMENT = "--reserved-enis=";

    private KarpenterCounts() {}

    static List<Finding> findings(View view) {
        return view.workloads().stream()
                .filter(w -> w.kind().equals("Deployment") && w.name().equals(KARPENTER))
                .filter(w -> reserved(w).orElse("0").equals("0"))
                .map(
                        w -> Code.RESERVED_ENIS.of(
                                "Deployment " + w.namespace() + "/" + w.name(),
                                VARIABLE + " is " + reserved(w).orElse("not set"),
                                "set settings.reservedENIs=1 in its chart, or kubelet.maxPods in each EC2NodeClass that comes later"))
                .toList();
    }

    private static Optional<String> reserved(Workload karpenter) {
        List<Map<String, Object>> containers = Tree.maps(karpenter.podSpec(), "containers");
        Stream<String> arguments = containers.stream()
                .flatMap(c -> Tree.texts(c, "args").stream())
                .filter(a -> a.startsWith(ARGUMENT))
                .map(a -> a.substring(ARGUMENT.length()));
        Stream<String> variables = containers.stream()
                .flatMap(c -> Tree.maps(c, "env").stream())
                .filter(e -> Tree.text(e, "name").filter(VARIABLE::equals).isPresent())
                .flatMap(e -> Tree.text(e, "value").stream());
        return Stream.concat(arguments, variables).findFirst();
    }
}
