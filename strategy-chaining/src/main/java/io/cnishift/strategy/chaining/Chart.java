package io.cnishift.strategy.chaining;

import io.cnishift.api.Finding;
import io.cnishift.api.Request;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.plan.Severity;
import io.cnishift.api.step.InstallRelease;
import io.cnishift.cilium.ChainingValues;
import io.cnishift.cilium.CiliumVersion;
import io.cnishift.cilium.ImageSource;
import io.cnishift.cilium.Migration;
import io.cnishift.cilium.PhaseValues;
import io.cnishift.cilium.ValueCheck;
import io.cnishift.cilium.ValueProblem;
import io.cnishift.cilium.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Cilium chart of this migration.
 *
 * @param user the user's values, over which each phase is laid, with the place of the images where they leave it open
 */
record Chart(ChainingOptions options, ImageSource images, Values user) {

    static final String AGENTS = "DaemonSet/" + Migration.NAMESPACE + "/" + Migration.AGENT_DAEMON_SET;

    private static final String OPERATOR = "Deployment/" + Migration.NAMESPACE + "/" + Migration.OPERATOR_DEPLOYMENT;

    static Chart of(Request request, ChainingOptions options) {
        List<String> subnets = request.view().nodeGroups().stream()
                .map(NodeGroup::subnets)
                .flatMap(List::stream)
                .toList();
        Values user = Values.of(request.values());
        ImageSource images = ImageSource.of(request.view(), subnets, options.imageRegistry(), user);
        return new Chart(options, images, images.under(user, options.hubble()));
    }

    /** Cilium behind the VPC CNI, without policies. */
    InstallRelease joining() {
        return release(ChainingValues.joining(version()), document(ChainingValues.leaving(version())));
    }

    /** The same with policies. */
    InstallRelease enforcing() {
        return release(ChainingValues.enforcing(version(), options.hubble()), Map.of());
    }

    /** What of the user's values stands against these phases, and whether nodes can pull the images. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        Stream.of(
                        ChainingValues.joining(version()),
                        ChainingValues.enforcing(version(), options.hubble()),
                        ChainingValues.leaving(version()))
                .forEach(phase -> {
                    phase.conflicts(user).forEach(p -> findings.add(finding(p)));
                    ValueCheck.check(version(), phase.over(user)).forEach(p -> findings.add(finding(p)));
                });
        images().closed().stream().findFirst().flatMap(this::unreachable).ifPresent(findings::add);
        return findings.stream().distinct().toList();
    }

    private Optional<Finding> unreachable(ImageSource.Closed closed) {
        List<String> missing = ImageSource.missing(user);
        if (!missing.isEmpty()) {
            return Optional.of(Code.NO_IMAGES.of(
                    "subnet " + closed.subnet(),
                    closed.why() + ", and " + String.join(", ", missing) + " of the chart lead to quay.io",
                    "copy Cilium's images to a registry that the nodes reach and name it with --set imageRegistry="));
        }
        return images.registry()
                .filter(registry -> images.found())
                .map(
                        registry -> Code.IMAGES.of(
                                "subnet " + closed.subnet(),
                                closed.why() + ", so Cilium's images come from " + registry + ", as the workloads' do",
                                "copy cilium, operator-generic and cilium-envoy there under the release's tags, then accept it"));
    }

    private InstallRelease release(PhaseValues phase, Map<String, Object> leaving) {
        return new InstallRelease(
                Migration.NAMESPACE,
                Migration.RELEASE,
                options.chart().orElse(Migration.PUBLISHED_CHART),
                version().toString(),
                document(phase),
                List.of(AGENTS, OPERATOR),
                List.of(AGENTS, OPERATOR),
                leaving);
    }

    /** The document to install in a phase. A key without a value was refused before a plan is made. */
    @SuppressWarnings("NullAway")
    private Map<String, Object> document(PhaseValues phase) {
        return phase.over(user).toMap();
    }

    private CiliumVersion version() {
        return options.ciliumVersion();
    }

    private static Finding finding(ValueProblem problem) {
        return Finding.of(
                problem.code(),
                problem.severity() == ValueProblem.Severity.ERROR ? Severity.BLOCKER : Severity.WARNING,
                problem.key().isEmpty() ? "chart values" : "chart value " + problem.key(),
                problem.message(),
                problem.remedy(),
                "docs/codes.md");
    }
}
