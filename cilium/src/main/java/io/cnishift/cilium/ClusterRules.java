package io.cnishift.cilium;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The cluster's name and number in a mesh, and the release it began with. */
final class ClusterRules {

    private static final Pattern NAME = Pattern.compile("([a-z0-9][-a-z0-9]*)?[a-z0-9]");

    private static final Pattern LINE = Pattern.compile("v?1\\.(\\d{1,3})(\\.\\d+)?");

    private ClusterRules() {}

    static List<ValueProblem> check(Settings settings) {
        List<ValueProblem> problems = new ArrayList<>();
        name(settings, problems);
        id(settings, problems);
        compatibility(settings, problems);
        boolean mesh = settings.number("cluster.id", 0) != 0 || settings.on("clustermesh.useAPIServer");
        if (mesh
                && settings.version().atLeast(19)
                && settings.values()
                        .get("clustermesh.policyDefaultLocalCluster")
                        .isEmpty()) {
            problems.add(ValueProblem.warning(
                    ValueRule.MESH_POLICY,
                    "clustermesh.policyDefaultLocalCluster",
                    "since 1.19 a policy that names no cluster selects pods of the local cluster only",
                    "name io.cilium.k8s.policy.cluster on both ends of policies between clusters, or set"
                            + " clustermesh.policyDefaultLocalCluster"));
        }
        return problems;
    }

    private static void name(Settings settings, List<ValueProblem> problems) {
        String name = settings.text("cluster.name").orElse("default");
        if (name.length() > 32 || !NAME.matcher(name).matches()) {
            problems.add(ValueProblem.error(
                    ValueRule.CLUSTER_NAME,
                    "cluster.name",
                    "'" + name + "' cannot be a cluster name",
                    "use at most 32 lower-case letters, digits and hyphens, with a letter or digit at both ends"));
        }
        if (name.equals("default") && settings.number("cluster.id", 0) != 0) {
            problems.add(ValueProblem.error(
                    ValueRule.CLUSTER_DEFAULT,
                    "cluster.name",
                    "a cluster with a number needs a name of its own, not default",
                    "set cluster.name, or leave cluster.id out"));
        }
    }

    private static void id(Settings settings, List<ValueProblem> problems) {
        int id = settings.number("cluster.id", 0);
        int most = settings.number("clustermesh.maxConnectedClusters", 255);
        if (most != 255 && most != 511) {
            problems.add(ValueProblem.error(
                    ValueRule.MESH_SIZE,
                    "clustermesh.maxConnectedClusters",
                    "a mesh has room for 255 or 511 clusters, not for " + most,
                    "set it to 255 or 511, the same in every cluster of the mesh"));
        } else if (id > most) {
            problems.add(ValueProblem.error(
                    ValueRule.CLUSTER_ID,
                    "cluster.id",
                    "cluster.id " + id + " is more than the mesh has room for",
                    "use 1 to " + most));
        }
        boolean sharesMarks = settings.eni() || settings.chainingMode().equals("aws-cni");
        boolean allowed = settings.text("extraConfig.allow-unsafe-policy-skb-usage")
                .filter("true"::equals)
                .isPresent();
        if (sharesMarks && (id & 0x80) != 0 && !allowed) {
            problems.add(ValueProblem.error(
                    ValueRule.CLUSTER_ID_MARK,
                    "cluster.id",
                    "cluster.id " + id + " uses a bit of the packet mark that ENI mode and aws-cni chaining use too",
                    "use an id of 1 to 127, or 256 to 383 in a mesh of 511"));
        }
    }

    private static void compatibility(Settings settings, List<ValueProblem> problems) {
        settings.nonEmpty("upgradeCompatibility").ifPresent(text -> {
            var matcher = LINE.matcher(text);
            if (!matcher.matches()
                    || Integer.parseInt(matcher.group(1)) > settings.version().minor()) {
                problems.add(ValueProblem.error(
                        ValueRule.COMPATIBILITY,
                        "upgradeCompatibility",
                        "upgradeCompatibility '" + text + "' is not a line up to "
                                + settings.version().line(),
                        "set it to the line that was installed first, in quotes, for example \""
                                + settings.version().line() + "\""));
            }
        });
    }
}
