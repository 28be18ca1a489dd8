package io.cnishift.api.act;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.TemplateVersion;
import io.cnishift.api.cluster.View;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the command line of an act needs beside the act: the cluster it is for, and what stands behind the names in it.
 *
 * @param view the cluster as it is seen; read while the command is written and not kept by it
 * @param variables shell variables to print for numbers of launch template versions, by TEMPLATE:VERSION; for a script in which
 *     an earlier line makes the version
 * @param elsewhere region of a cluster that is not seen, because it is still to be made; empty: unknown
 */
public record Surroundings(View view, Map<String, String> variables, Optional<String> elsewhere) {

    public Surroundings {
        Objects.requireNonNull(view);
        variables = Map.copyOf(variables);
        Objects.requireNonNull(elsewhere);
    }

    /** Of a cluster that is seen. */
    public Surroundings(View view, Map<String, String> variables) {
        this(view, variables, Optional.empty());
    }

    /** With every number as it is. */
    public static Surroundings of(View view) {
        return new Surroundings(view, Map.of());
    }

    /** The second cluster, where one is seen. It is in the region of this one while it is still to be made. */
    Surroundings second() {
        return view.second()
                .map(there -> new Surroundings(there, Map.of(), region()))
                .orElse(this);
    }

    /** Shell text that names the cluster; a variable to fill where it is not seen. */
    String clusterWord() {
        return cluster().map(c -> Shell.word(c.name())).orElse("\"$CLUSTER\"");
    }

    /** The region of the cluster, where it is known. */
    Optional<String> region() {
        return cluster().map(Cluster::region).filter(r -> !r.isBlank()).or(() -> elsewhere);
    }

    Optional<Cluster> cluster() {
        return view.all(Part.CLUSTER, Cluster.class).stream().findFirst();
    }

    Optional<NodeGroup> group(String name) {
        return view.nodeGroup(name);
    }

    boolean managed(String group) {
        return group(group).filter(g -> g.kind() == NodeGroup.Kind.MANAGED).isPresent();
    }

    /**
     * Shell text that names the Auto Scaling group of a node group. EKS is asked for that of a managed one: its name has a part
     * that nobody knows before the group is made.
     */
    String scalingGroup(String name) {
        if (managed(name)) {
            return Shell.output(AwsCommand.eks(this, "describe-nodegroup")
                    .with("--nodegroup-name", name)
                    .text("nodegroup.resources.autoScalingGroups[0].name")
                    .toString());
        }
        return Shell.word(group(name).flatMap(NodeGroup::autoScalingGroup).orElse(name));
    }

    /**
     * Shell text that names the subnet of a block, which a VPC has once at most. EC2 is asked for its id: one that is seen may be
     * that of a rehearsal.
     */
    String subnet(String vpc, Cidr cidr) {
        return Shell.output(AwsCommand.of(this, "ec2", "describe-subnets")
                .raw(
                        "--filters",
                        Shell.word("Name=vpc-id,Values=" + vpc) + " " + Shell.word("Name=cidr-block,Values=" + cidr))
                .text("Subnets[0].SubnetId")
                .toString());
    }

    /** Shell text of the number of a launch template version: the number, or the variable that holds it. */
    String version(String template, long number) {
        return Optional.ofNullable(variables.get(template + ":" + number))
                .map(variable -> "\"$" + variable + "\"")
                .orElse(String.valueOf(number));
    }

    /** Whether that version names an image, which decides what a managed group may say of its own. */
    boolean namesImage(String template, long number) {
        return view.get(Part.LAUNCH_TEMPLATES, TemplateVersion.class, template + ":" + number)
                .flatMap(TemplateVersion::imageId)
                .isPresent();
    }
}
