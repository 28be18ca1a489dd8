package io.cnishift.strategy.customnetworking;

import io.cnishift.api.Finding;
import io.cnishift.api.Request;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.VpcCni;
import io.cnishift.api.plan.Constraint;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What stands against every strategy of this module. */
final class Gates {

    /** What is counted here or judged. */
    private static final Set<Part> NEEDED = EnumSet.of(
            Part.CLUSTER,
            Part.VPC,
            Part.SUBNETS,
            Part.NETWORK_INTERFACES,
            Part.INSTANCES,
            Part.NODES,
            Part.PODS,
            Part.WORKLOADS);

    private final Request request;
    private final ServedNodes fleet;
    private final List<Finding> findings = new ArrayList<>();

    Gates(Request request, ServedNodes fleet) {
        this.request = request;
        this.fleet = fleet;
        findings.addAll(Code.unread(request, NEEDED));
        Cluster cluster = request.snapshot().cluster();
        String subject = "cluster " + cluster.name();
        if (cluster.autoMode()) {
            add(Code.AUTO_MODE.of(subject, "EKS Auto Mode is on", "choose new-cluster, with Auto Mode off"));
        }
        if (VpcCni.of(request.view()).isEmpty()) {
            add(Code.NO_VPC_CNI.of(
                    subject,
                    "there is no DaemonSet kube-system/aws-node",
                    "read the cluster again, with" + " permission to list DaemonSets, if it does use the VPC CNI"));
        }
        fleet.unknownTypes()
                .forEach(type -> add(Code.UNKNOWN_TYPE.of(
                        "instance type " + type,
                        "the limits of " + type + " are not in the table",
                        "ask EC2 with 'cnishift max-pods --live --instance-type " + type + "'")));
    }

    Gates add(Finding finding) {
        findings.add(finding);
        return this;
    }

    Gates forbidden(Constraint constraint, Code code, String message) {
        if (request.constraints().contains(constraint)) {
            add(code.of("constraint " + constraint, message, "drop the constraint or choose another strategy"));
        }
        return this;
    }

    Gates ipv4Only() {
        Cluster cluster = request.snapshot().cluster();
        if (cluster.ipFamily() == Cluster.IpFamily.IPV6) {
            add(Code.IPV6.of("cluster " + cluster.name(), "its address family is IPv6", "nothing is short there"));
        }
        return this;
    }

    Gates atLeast(String version, String feature) {
        Optional<VpcCni> cni = VpcCni.of(request.view());
        cni.filter(c -> !c.atLeast(version))
                .ifPresent(c -> add(Code.CNI_TOO_OLD.of(
                        "VPC CNI " + c.version(),
                        feature + " needs VPC CNI " + version + " or later",
                        "update the VPC CNI, one minor version at a time")));
        return this;
    }

    /** What of these variables EKS would leave as somebody set it. */
    Gates settable(Map<String, String> env) {
        new TreeMap<>(VpcCni.kept(request.view(), env))
                .forEach((name, now) -> add(Code.VARIABLE_KEPT.of(
                        "DaemonSet kube-system/aws-node",
                        name + " is '" + now
                                + "' there, set past the add-on's configuration, and would stay so when the add-on"
                                + " vpc-cni is given '" + env.get(name) + "'",
                        "take it off with 'kubectl -n kube-system set env daemonset/aws-node -c aws-node " + name
                                + "-', or have EKS take it by 'aws eks update-addon --resolve-conflicts OVERWRITE', then"
                                + " plan again")));
        return this;
    }

    /** What blocks of 16 addresses ask of the VPC CNI and of instances. */
    Gates prefixes() {
        fleet.members().stream()
                .map(ServedNodes.Member::limits)
                .distinct()
                .filter(l -> !l.prefixCapable())
                .forEach(l -> add(Code.NOT_NITRO.of(
                        "instance type " + l.type(), "it is no Nitro instance", "choose a Nitro type")));
        return atLeast("1.9.0", "prefix delegation");
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }
}
