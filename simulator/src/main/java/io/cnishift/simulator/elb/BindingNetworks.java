package io.cnishift.simulator.elb;

import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.SecurityGroup;
import io.cnishift.api.cluster.SecurityGroup.Rule;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.aws.Cloud;
import io.cnishift.simulator.kube.Pods;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Lets into the nodes what TargetGroupBindings say: security groups that their {@code networking} names. One that names none opens
 * nothing, and its targets are reached only by what is let in otherwise.
 */
final class BindingNetworks {

    /** Of rules that are the controller's. */
    static final String OURS = "elbv2.k8s.aws/targetGroupBinding=shared";

    private final Kernel kernel;
    private final Cloud cloud;
    /** Rules made here, by the group that they let in. */
    private final Map<String, String> made = new TreeMap<>();
    /** Whether bindings came, went or changed, or there was nothing to let them into. */
    private boolean stirred = true;

    BindingNetworks(Kernel kernel) {
        this.kernel = kernel;
        cloud = Cloud.of(kernel);
        kernel.objects().listen("TargetGroupBinding", (before, after) -> stirred = true);
    }

    void reconcile() {
        if (!stirred) {
            return;
        }
        Set<String> wanted = new TreeSet<>();
        kernel.objects().list("TargetGroupBinding").stream()
                .filter(b -> !Pods.terminating(b))
                .flatMap(b -> Tree.maps(b, "spec", "networking", "ingress").stream())
                .flatMap(rule -> Tree.maps(rule, "from").stream())
                .flatMap(peer -> Tree.text(peer, "securityGroup", "groupID").stream())
                .forEach(wanted::add);
        if (!wanted.equals(made.keySet())) {
            cloud.view()
                    .get(
                            Part.SECURITY_GROUPS,
                            SecurityGroup.class,
                            cloud.view().cluster().clusterSecurityGroup())
                    .ifPresent(nodes -> bring(nodes, wanted));
        }
        stirred = !wanted.equals(made.keySet());
    }

    private void bring(SecurityGroup nodes, Set<String> wanted) {
        List<Rule> rules = new ArrayList<>(nodes.ingress());
        made.entrySet().removeIf(e -> {
            boolean gone = !wanted.contains(e.getKey());
            if (gone) {
                rules.removeIf(r -> r.id().equals(e.getValue()));
            }
            return gone;
        });
        wanted.stream().filter(peer -> !made.containsKey(peer)).forEach(peer -> {
            String id = cloud.ids().next("sgr");
            made.put(peer, id);
            rules.add(new Rule(id, "tcp", 0, 65535, peer, OURS));
        });
        cloud.put(new SecurityGroup(nodes.id(), nodes.name(), rules, nodes.egress(), nodes.tags()));
    }
}
