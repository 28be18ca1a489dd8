package io.cnishift.strategy.newcluster;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.Request;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Release;
import io.cnishift.api.cluster.View;
import io.cnishift.api.draft.StepDraft;
import io.cnishift.api.step.InstallOnSecond;
import io.cnishift.cilium.HubbleLevel;
import io.cnishift.cilium.ImageSource;
import io.cnishift.cilium.MeshMember;
import io.cnishift.cilium.MeshValues;
import io.cnishift.cilium.Migration;
import io.cnishift.cilium.PhaseValues;
import io.cnishift.cilium.Values;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a second cluster is made after, and how its user wants it.
 *
 * @param user chart values of the user
 */
record SecondSite(View first, NewClusterOptions options, Values user) {

    SecondSite {
        Objects.requireNonNull(first);
        Objects.requireNonNull(options);
        Objects.requireNonNull(user);
    }

    static SecondSite of(Request request) {
        return new SecondSite(request.view(), request.options(NewClusterOptions.class), Values.of(request.values()));
    }

    /** Groups that are made again, in order of name. */
    List<NodeGroup> groups() {
        return first.nodeGroups().stream()
                .filter(g -> g.kind() == NodeGroup.Kind.MANAGED)
                .toList();
    }

    List<Node> nodes(NodeGroup group) {
        return List.copyOf(first.nodesOf(group.name()));
    }

    /** Subnets of its nodes. */
    List<String> subnets() {
        return groups().stream().flatMap(g -> g.subnets().stream()).distinct().toList();
    }

    /** Whether user data says how many pods a node of the group admits; Bottlerocket's template is left out, and EKS says it. */
    static boolean told(NodeGroup group) {
        return group.launchTemplate().isPresent() && !group.runs("BOTTLEROCKET");
    }

    /** The values of a Cilium that is alone in the cluster from the start. */
    @SuppressWarnings("NullAway") // a chart value may be null, which takes a default away; steps take maps of objects
    Map<String, Object> values(PhaseValues phase) {
        Values values = phase.over(images().under(user, HubbleLevel.AGENT));
        return (options.mesh() ? named(values) : values).toMap();
    }

    /** A name and a number of its own, unless the user gave it others, in a mesh as large as that of the first cluster. */
    private Values named(Values values) {
        Optional<MeshMember> beside = MeshRelease.of(first).flatMap(MeshRelease::member);
        return MeshValues.named(
                values,
                user.text("cluster.name")
                        .orElseGet(() -> options.made(first.cluster().name())),
                user.text("cluster.id")
                        .filter(id -> id.matches("[0-9]{1,3}"))
                        .map(Integer::valueOf)
                        .orElseGet(() -> beside.map(MeshMember::freeId).orElse(1)),
                beside.map(MeshMember::size).orElse(255));
    }

    Step cilium(Map<String, Object> values) {
        return StepDraft.of(
                "make-network",
                new InstallOnSecond(
                        Migration.NAMESPACE,
                        Migration.RELEASE,
                        options.chart().orElse(Migration.PUBLISHED_CHART),
                        options.ciliumVersion().toString(),
                        values),
                SecondDraft.BEFORE_NODES,
                List.of(StepDraft.SECOND),
                SecondDraft.GOES_WITH_IT);
    }

    Release release(Map<String, Object> values) {
        return new Release(
                Migration.NAMESPACE,
                Migration.RELEASE,
                Migration.CHART,
                options.ciliumVersion().toString(),
                "deployed",
                1,
                values);
    }

    /** What stands against nodes that get Cilium's images. */
    Optional<Finding> withoutImages() {
        ImageSource images = images();
        boolean named = ImageSource.missing(user).isEmpty();
        return !images.closed().isEmpty() && images.registry().isEmpty() && !named
                ? Optional.of(Code.NOT_MADE.of(
                        "option imageRegistry",
                        "nodes have no way to where Cilium's images are published: subnet "
                                + images.closed().get(0).subnet() + ", "
                                + images.closed().get(0).why(),
                        "copy them ('cnishift images' names them) and name the registry"))
                : Optional.empty();
    }

    private ImageSource images() {
        return ImageSource.of(first, subnets(), options.imageRegistry(), user);
    }
}
