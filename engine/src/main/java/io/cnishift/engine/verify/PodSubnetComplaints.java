package io.cnishift.engine.verify;

import io.cnishift.api.cluster.EniConfig;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Subnet;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.VpcCni;
import io.cnishift.api.step.TagSubnet;
import java.util.List;
import java.util.Optional;

/** Whether nodes of the VPC CNI find the subnets that are meant for their pods: by ENIConfig, or by tag. */
final class PodSubnetComplaints {

    private PodSubnetComplaints() {}

    /** Why the question does not arise. */
    static Optional<String> none(View view) {
        return customNetworking(view) || view.subnets().stream().anyMatch(PodSubnetComplaints::tagged)
                ? Optional.empty()
                : Optional.of("nodes take addresses of their own subnets only");
    }

    static List<String> of(View view) {
        return view.nodes().stream()
                .filter(Node::linux)
                .flatMap(node -> view.instanceOf(node).flatMap(i -> complaint(view, node, i)).stream())
                .distinct()
                .sorted()
                .toList();
    }

    private static Optional<String> complaint(View view, Node node, Instance instance) {
        String zone = instance.availabilityZone();
        if (!customNetworking(view)) {
            boolean found = view.subnets().stream()
                    .anyMatch(s -> tagged(s) && s.availabilityZone().equals(zone) && s.freeAddresses() > 0);
            return found
                    ? Optional.empty()
                    : Optional.of("zone " + zone + " has nodes and no subnet with a free address that is tagged "
                            + TagSubnet.KEY);
        }
        String name = eniConfig(node, VpcCni.of(view).orElseThrow());
        Optional<EniConfig> config = view.get(Part.ENI_CONFIGS, EniConfig.class, name);
        if (config.isEmpty()) {
            return Optional.of("Node " + node.name() + " asks for ENIConfig " + name + ", which there is not");
        }
        boolean here = view.subnet(config.get().subnet())
                .filter(s -> s.availabilityZone().equals(zone))
                .isPresent();
        return here
                ? Optional.empty()
                : Optional.of("ENIConfig " + name + " names subnet "
                        + config.get().subnet() + ", which is not in zone " + zone + " of its nodes");
    }

    /** As the VPC CNI does: the external label, the annotation, the label, else the default. */
    private static String eniConfig(Node node, VpcCni cni) {
        return Optional.ofNullable(node.labels().get(EniConfig.EXTERNAL))
                .or(() -> Optional.ofNullable(
                        node.annotations().get(cni.env().getOrDefault("ENI_CONFIG_ANNOTATION_DEF", EniConfig.NAMING))))
                .or(() -> Optional.ofNullable(
                        node.labels().get(cni.env().getOrDefault("ENI_CONFIG_LABEL_DEF", EniConfig.NAMING))))
                .orElse("default");
    }

    private static boolean customNetworking(View view) {
        return VpcCni.of(view)
                .filter(cni -> cni.on("AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG"))
                .isPresent();
    }

    private static boolean tagged(Subnet subnet) {
        return subnet.tags().containsKey(TagSubnet.KEY)
                && !"0".equals(subnet.tags().get(TagSubnet.KEY));
    }
}
