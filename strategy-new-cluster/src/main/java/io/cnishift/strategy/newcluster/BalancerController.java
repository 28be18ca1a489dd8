package io.cnishift.strategy.newcluster;

import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.cluster.NamedObject;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.PodIdentity;
import io.cnishift.api.cluster.Release;
import io.cnishift.api.cluster.Role;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.draft.StepDraft;
import io.cnishift.api.plan.Supplies;
import io.cnishift.api.step.InstallOnSecond;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The AWS Load Balancer Controller of a second cluster that the plan makes: the release of the first one again, for the name of the second.
 * What the control plane calls of it stands on the host's network where pods have addresses that the VPC does not know.
 */
record BalancerController(View first, Release release) {

    static final String CHART = "https://aws.github.io/eks-charts/aws-load-balancer-controller";

    private static final String NAME = "aws-load-balancer-controller";
    private static final String ROLE = "eks.amazonaws.com/role-arn";

    BalancerController {
        Objects.requireNonNull(first);
        Objects.requireNonNull(release);
    }

    /** Of the first cluster, where it is a Helm release, whatever it serves: something that is moved, or later the API server of a mesh. */
    static Optional<BalancerController> of(View first) {
        return first.all(Part.RELEASES, Release.class).stream()
                .filter(r -> r.chart().equals(NAME))
                .findFirst()
                .map(release -> new BalancerController(first, release));
    }

    /**
     * Its chart, in the version of the release that it is made after. Its images come from where that release has them, which nodes of the first
     * cluster reach.
     */
    static Supplies.Chart supplied(Optional<String> chart, Optional<String> registry) {
        return new Supplies.Chart(
                NAME, "", chart.orElse(CHART), Optional.empty(), registry.map(r -> "oci://" + r + "/charts/" + NAME));
    }

    /** What waits for ever where nobody serves it, in words. */
    static Optional<String> serves(View first) {
        return new Balanced(first).any(new Inventory(first).namespaces());
    }

    /** What installs it and waits for it: Services and Ingresses are refused until its webhooks answer. */
    List<Step> steps(String cluster, boolean overlay, Optional<String> chart) {
        List<Step> steps = new ArrayList<>();
        if (inNamespaceOfOthers()) {
            steps.add(StepDraft.of(
                    "copy-controller-namespace",
                    new CarryObjects(List.of(release.namespace()), List.of("Namespace"), Map.of()),
                    "Helm makes no namespace, and this one has labels",
                    List.of(StepDraft.SECOND),
                    "it is deleted, with all that is in it"));
        }
        steps.addAll(List.of(
                StepDraft.of(
                        "make-controller",
                        new InstallOnSecond(
                                release.namespace(),
                                release.name(),
                                chart.orElse(CHART),
                                release.chartVersion(),
                                values(cluster, overlay)),
                        "an Ingress or a Service that nobody serves gets no load balancer",
                        List.of(StepDraft.SECOND),
                        SecondDraft.GOES_WITH_IT),
                StepDraft.of(
                        "await-controller",
                        new AwaitWorkloads(List.of(workload())),
                        "its webhooks refuse Services and Ingresses until one of its pods answers",
                        List.of(),
                        "nothing to take back: it only looks")));
        return steps;
    }

    private boolean inNamespaceOfOthers() {
        return new Inventory(first).namespaces().contains(release.namespace())
                && !release.namespace().equals("default");
    }

    /** Whether that is of its release's history, by which Helm would take the first cluster's values for the latest of the second's. */
    boolean history(NamedObject object) {
        return object.objectKind().equals("Secret")
                && object.namespace().equals(release.namespace())
                && object.name().startsWith("sh.helm.release.v1." + release.name() + ".v");
    }

    /** The Deployment, as workloads have their keys. */
    String workload() {
        String name = Tree.text(release.values(), "fullnameOverride")
                .orElse(release.name().contains(NAME) ? release.name() : release.name() + "-" + NAME);
        return "Deployment/" + release.namespace() + "/" + name;
    }

    /** Its service account, {@code namespace/name}. */
    String account() {
        return release.namespace() + "/"
                + Tree.text(release.values(), "serviceAccount", "name")
                        .orElse(workload().substring(workload().lastIndexOf('/') + 1));
    }

    /** Whether it is known what it calls AWS with: a role by annotation, by trust of the issuer, or by Pod Identity. */
    boolean entitled() {
        return Tree.text(release.values(), "serviceAccount", "annotations", ROLE)
                        .isPresent()
                || role().isPresent()
                || first.get(Part.POD_IDENTITIES, PodIdentity.class, account()).isPresent();
    }

    private Optional<Role> role() {
        String account = account();
        String name = account.substring(account.indexOf('/') + 1);
        return first.cluster()
                .oidcIssuer()
                .flatMap(issuer -> first.all(Part.ROLES, Role.class).stream()
                        .filter(r -> r.admits(Role.issuer(issuer), release.namespace(), name))
                        .findFirst());
    }

    private Map<String, Object> values(String cluster, boolean overlay) {
        Map<String, Object> values = new LinkedHashMap<>(release.values());
        values.put("clusterName", cluster);
        values.put("region", first.cluster().region());
        values.put("vpcId", first.cluster().vpcId());
        if (overlay) {
            values.put("hostNetwork", true);
            values.put("dnsPolicy", "ClusterFirstWithHostNet");
        }
        Map<String, Object> account = new LinkedHashMap<>(Tree.map(values, "serviceAccount"));
        // whatever made it in the first cluster is not at work in the second
        account.put("create", true);
        account.put("name", account().substring(account().indexOf('/') + 1));
        Map<String, Object> annotations = new LinkedHashMap<>(Tree.map(account, "annotations"));
        role().ifPresent(role -> annotations.putIfAbsent(ROLE, role.arn()));
        if (!annotations.isEmpty()) {
            account.put("annotations", annotations);
        }
        values.put("serviceAccount", account);
        return values;
    }
}
