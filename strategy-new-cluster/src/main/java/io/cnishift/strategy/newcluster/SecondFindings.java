package io.cnishift.strategy.newcluster;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.Neighbour;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.PodIdentity;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Workload;
import io.cnishift.api.plan.Count;
import io.cnishift.cilium.MeshMember;
import io.cnishift.cilium.Migration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What stands against making the second cluster after the first one, and what it will not have. */
final class SecondFindings {

    private static final String BRING_ONE =
            "make a second cluster with what makes this one, and name it with to=eks:NAME";
    /** What gives the first cluster its pod network. Whichever that is, the second one gets that of the options. */
    private static final Set<String> NETWORK =
            Set.of("aws-node", Migration.AGENT_DAEMON_SET, Migration.ENVOY_DAEMON_SET, Migration.OPERATOR_DEPLOYMENT);

    private static final int LONGEST_NAME = 100;

    private final View first;
    private final SecondDraft draft;
    private final NewClusterOptions options;
    private final List<Finding> findings = new ArrayList<>();

    private SecondFindings(View first, SecondDraft draft, NewClusterOptions options) {
        this.first = first;
        this.draft = draft;
        this.options = options;
    }

    static List<Finding> of(View first, SecondDraft draft, NewClusterOptions options) {
        SecondFindings findings = new SecondFindings(first, draft, options);
        findings.cluster();
        findings.network();
        first.nodeGroups().forEach(findings::group);
        findings.machines();
        findings.controllers();
        findings.system();
        findings.targets();
        return findings.findings;
    }

    private void cluster() {
        Cluster cluster = first.cluster();
        String subject = "cluster " + cluster.name();
        if (draft.name().equals(cluster.name())) {
            add("option name", draft.name() + " is the name of the first cluster", "give another one with name=...");
        }
        // where the names are not known, the run finds it before its first step
        if (first.get(Part.NEIGHBOURS, Neighbour.class, draft.name()).isPresent()) {
            findings.add(Code.SECOND_TAKEN.of(
                    "cluster " + draft.name(),
                    "there is one of that name, and the plan would make it",
                    "give another name with name=..., or move to that cluster with to=eks:" + draft.name()));
        }
        if (draft.name().length() > LONGEST_NAME) {
            add(
                    "option name",
                    draft.name() + " has " + draft.name().length() + " signs, and EKS takes " + LONGEST_NAME,
                    "give a shorter one with name=...");
        }
        if (cluster.autoMode()) {
            add(subject, "EKS Auto Mode runs its nodes, and brings a network of its own", BRING_ONE);
        }
        if (cluster.ipFamily() == Cluster.IpFamily.IPV6) {
            add(
                    subject,
                    "its pods have IPv6 addresses, and this version makes second clusters after those of IPv4 alone",
                    BRING_ONE);
        }
        if (cluster.hybridNodes()) {
            add(subject, "it has hybrid nodes, which join one cluster", BRING_ONE);
        }
        if (!cluster.fargateProfiles().isEmpty()) {
            add(
                    subject,
                    options.network().cilium()
                            ? "pods run on Fargate, where there is no Cilium"
                            : "pods run on Fargate, whose profiles this version does not make",
                    BRING_ONE);
        }
        long zones = cluster.controlPlaneSubnets().stream()
                .flatMap(id -> first.subnet(id).stream())
                .map(Subnet::availabilityZone)
                .distinct()
                .count();
        if (zones < 2) {
            add(
                    subject,
                    "the subnets of its control plane that are known are in " + Count.of(zones, "zone")
                            + ", and EKS asks for two",
                    BRING_ONE);
        }
    }

    private void network() {
        // each of the two options is right by itself
        options.operatorRole()
                .filter(role -> options.network() != NewClusterOptions.Network.ENI)
                .ifPresent(role -> add(
                        "option operatorRole",
                        "it is for network=eni, and has no effect with network=" + options.network(),
                        "leave it out, or set network=eni"));
        findings.addAll(draft.network().findings());
        long moving = first.pods().stream()
                .filter(p -> !p.finished())
                .filter(p ->
                        first.node(p.node().orElse("")).flatMap(first::groupOf).isPresent())
                .count();
        if (moving > draft.places()) {
            findings.add(Code.SECOND_ROOM.of(
                    "cluster " + draft.name(),
                    "its nodes admit " + Count.of(draft.places(), "pod") + " with network=" + options.network()
                            + ", and those of this cluster have " + moving,
                    "add nodes to the groups first, or choose another network"));
        }
    }

    private void group(NodeGroup group) {
        String subject = "node group " + group.name();
        if (group.kind() == NodeGroup.Kind.SELF_MANAGED) {
            add(
                    subject,
                    "it is an Auto Scaling group of its own, whose nodes join by user data that names this cluster",
                    BRING_ONE);
        } else if (group.kind() == NodeGroup.Kind.KARPENTER) {
            add(subject, "Karpenter makes its nodes, and is not set up in a second cluster by this version", BRING_ONE);
        } else if (group.runs("WINDOWS")) {
            add(
                    subject,
                    options.network().cilium()
                            ? "its nodes run Windows, where there is no Cilium"
                            : "its nodes run Windows, whose addresses need more than the add-on, which this version does not set up",
                    BRING_ONE);
        } else if (group.runs("AL2_") && group.launchTemplate().isPresent()) {
            add(
                    subject,
                    "its nodes run Amazon Linux 2, which reads no NodeConfig, the one thing that tells nodes their cluster beside an image",
                    "move it to Amazon Linux 2023 first; or " + BRING_ONE);
        } else if (group.runs("BOTTLEROCKET")
                && group.launchTemplate().filter(t -> t.imageId().isPresent()).isPresent()) {
            add(subject, "its launch template names a Bottlerocket image with settings of this cluster", BRING_ONE);
        } else if (group.launchTemplate()
                .filter(t -> !t.securityGroups().isEmpty())
                .isPresent()) {
            add(
                    subject,
                    "its launch template names security groups, which know the control plane of this cluster only",
                    BRING_ONE);
        }
    }

    private void machines() {
        if (first.nodeGroups().isEmpty()) {
            add("cluster " + first.cluster().name(), "it has no node group to make one after", BRING_ONE);
        }
    }

    /** What nobody serves gets no load balancer, and waits for ever. */
    private void controllers() {
        Optional<BalancerController> controller = BalancerController.of(first);
        if (controller.isEmpty()) {
            BalancerController.serves(first)
                    .ifPresent(served -> add(
                            served,
                            "the AWS Load Balancer Controller serves it, of which this cluster has no Helm release to make one after",
                            BRING_ONE + ", once that controller runs there"));
        }
        controller
                .filter(c -> !c.entitled())
                .ifPresent(c -> findings.add(Code.CONTROLLER_RIGHTS.of(
                        "service account " + c.account(),
                        "no role of it is read, and in cluster " + draft.name() + " it acts with the role of its node",
                        "give it a Pod Identity association here, which is made there too; or let the role of the nodes do what its policy"
                                + " lists; then accept it")));
    }

    /** What makes a cluster what it is and comes with no add-on. */
    private void system() {
        List<String> others = first.workloads().stream()
                .filter(w -> w.namespace().startsWith("kube-") && w.owner().kind() != Owner.Kind.EKS_ADDON)
                .filter(w -> !NETWORK.contains(w.name()) && !SecondDraft.ALWAYS.contains(w.name()))
                .filter(w -> !options.mesh() || !w.name().equals(MeshMember.API_SERVER))
                .map(Workload::key)
                .filter(key -> BalancerController.of(first)
                        .filter(c -> c.workload().equals(key))
                        .isEmpty())
                .toList();
        if (!others.isEmpty()) {
            findings.add(Code.SYSTEM_STAYS.of(
                    "cluster " + draft.name(),
                    String.join(", ", others) + " will not be there",
                    "install what is missed there, with what made it here"));
        }
    }

    private void targets() {
        first.all(Part.POD_IDENTITIES, PodIdentity.class)
                .forEach(i -> i.targetRole()
                        .ifPresent(target -> findings.add(Code.TARGET_ROLE.of(
                                "service account " + i.key(),
                                "it takes " + target + " by " + i.role()
                                        + ", and its association in the second cluster has another external id",
                                "where the trust policy of the target role asks for one, let it take that of the new association too ('aws eks"
                                        + " describe-pod-identity-association'), then accept it"))));
    }

    private void add(String subject, String message, String remedy) {
        findings.add(Code.NOT_MADE.of(subject, message, remedy));
    }
}
