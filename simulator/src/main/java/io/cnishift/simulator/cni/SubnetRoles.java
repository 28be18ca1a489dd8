package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.VpcCni;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.aws.Cloud;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the tag kubernetes.io/role/cni of subnets means to the VPC CNI that is installed: since 1.18.0 a subnet with the tag is
 * used besides the node's own; since 1.22.1 value 0 keeps a subnet off, the node's own and interfaces that are there included.
 * Source: amazon-vpc-cni-k8s pkg/awsutils, README ENABLE_SUBNET_DISCOVERY; domain.md 7.5.
 */
final class SubnetRoles {

    private static final String TAG = "kubernetes.io/role/cni";
    private static final String DISCOVERS = "1.18.0";
    private static final String EXCLUDES = "1.22.1";

    private final Kernel kernel;
    private final Map<String, String> roles = new HashMap<>();
    private final List<Runnable> listeners = new ArrayList<>();

    private SubnetRoles(Kernel kernel) {
        this.kernel = kernel;
        Cloud cloud = Cloud.of(kernel);
        cloud.view().subnets().forEach(s -> note(s.id(), Optional.of(s)));
        cloud.listen(change -> {
            if (change.part() == Part.SUBNETS && note(change.key(), change.now())) {
                listeners.forEach(Runnable::run);
            }
        });
    }

    /** Those of that world. */
    static SubnetRoles of(Kernel kernel) {
        return kernel.shared(SubnetRoles.class, SubnetRoles::new);
    }

    /** Calls this whenever a subnet gets another role. */
    void listen(Runnable listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
    }

    /** Whether the VPC CNI makes interfaces in that subnet, which is the node's own or another of its zone. */
    boolean admits(Subnet subnet, boolean own) {
        Optional<String> role = Optional.ofNullable(roles.get(subnet.id()));
        return own ? !excluded(subnet.id()) : role.isPresent() && installed(DISCOVERS) && !excluded(subnet.id());
    }

    /** Whether pods get no address of that subnet any more. */
    boolean excluded(String subnet) {
        return "0".equals(roles.get(subnet)) && installed(EXCLUDES);
    }

    private boolean note(String id, Optional<Resource> now) {
        Optional<String> role = now.map(Subnet.class::cast).map(s -> s.tags().get(TAG));
        String before = roles.get(id);
        role.ifPresentOrElse(r -> roles.put(id, r), () -> roles.remove(id));
        return !Objects.equals(before, roles.get(id));
    }

    private boolean installed(String version) {
        String image = kernel.objects().get("DaemonSet", "kube-system", "aws-node").stream()
                .flatMap(d -> Tree.maps(d, "spec", "template", "spec", "containers").stream())
                .filter(c -> Tree.text(c, "name").filter("aws-node"::equals).isPresent())
                .flatMap(c -> Tree.text(c, "image").stream())
                .findFirst()
                .orElse("");
        String tag = image.substring(image.lastIndexOf(':') + 1);
        return new VpcCni(tag.replaceFirst("^v", "").replaceFirst("-.*$", ""), Map.of(), false).atLeast(version);
    }
}
