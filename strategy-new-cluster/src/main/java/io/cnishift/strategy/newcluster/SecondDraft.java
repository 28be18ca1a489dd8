package io.cnishift.strategy.newcluster;

import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.Request;
import io.cnishift.api.capacity.ClusterPool;
import io.cnishift.api.capacity.ClusterPoolPlan;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Instance;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.PodIdentity;
import io.cnishift.api.cluster.Release;
import io.cnishift.api.cluster.Taint;
import io.cnishift.api.cluster.View;
import io.cnishift.api.draft.StepDraft;
import io.cnishift.api.roll.MaxPodsRule;
import io.cnishift.api.step.InstallOnSecond;
import io.cnishift.cilium.HubbleLevel;
import io.cnishift.cilium.ImageSource;
import io.cnishift.cilium.Migration;
import io.cnishift.cilium.OverlayInput;
import io.cnishift.cilium.OverlayValues;
import io.cnishift.cilium.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Every decision about a second cluster that the plan makes: after the first one, but for its network, which is Cilium overlay beside
 * kube-proxy from the start.
 */
final class SecondDraft {

    static final String VPC_CNI = "vpc-cni";
    private static final String KUBE_PROXY = "kube-proxy";

    /** Add-ons that the second cluster has in every case: agents reach the API server by the one, pods find names by the other. */
    static final List<String> ALWAYS = List.of(KUBE_PROXY, "coredns");

    private static final String GOES_WITH_IT = "it goes with the second cluster";

    private final ClusterSnapshot snapshot;
    private final View first;
    private final Map<String, Object> userValues;
    private final NewClusterOptions options;

    private SecondDraft(
            ClusterSnapshot snapshot, View first, Map<String, Object> userValues, NewClusterOptions options) {
        this.snapshot = snapshot;
        this.first = first;
        this.userValues = userValues;
        this.options = options;
    }

    static SecondDraft of(Request request) {
        return new SecondDraft(
                request.snapshot(), request.view(), request.values(), request.options(NewClusterOptions.class));
    }

    String name() {
        return options.name().orElse(first.cluster().name() + "-green");
    }

    /** Groups that are made after those of the first cluster, in order of name. */
    List<MakeGroup> groups() {
        return first.nodeGroups().stream()
                .filter(g -> g.kind() == NodeGroup.Kind.MANAGED)
                .map(this::group)
                .toList();
    }

    private MakeGroup group(NodeGroup old) {
        List<Taint> taints = new ArrayList<>(old.taints());
        taints.add(new Taint(
                Migration.AGENT_NOT_READY_TAINT,
                Migration.AGENT_NOT_READY_TAINT_VALUE,
                Migration.AGENT_NOT_READY_TAINT_EFFECT));
        return new MakeGroup(
                old.name(),
                first.cluster().name(),
                name(),
                old.launchTemplate().filter(t -> !old.runs("BOTTLEROCKET")).map(t -> template(old, t)),
                old.labels(),
                taints,
                old.subnets(),
                old.minSize(),
                Math.max(1, old.maxSize()),
                old.desiredSize(),
                !options.deleteGreen());
    }

    /** EKS sets up nodes of a template without an image itself, and their max-pods by interfaces; an image leaves both to the user data. */
    private MakeGroup.Template template(NodeGroup old, NodeGroup.LaunchTemplate template) {
        List<Node> nodes = List.copyOf(first.nodesOf(old.name()));
        OptionalInt maxPods = nodes.isEmpty() ? OptionalInt.empty() : OptionalInt.of(MaxPodsRule.of(nodes));
        Optional<String> image = template.imageId().isPresent()
                ? Optional.empty()
                : first.instancesOf(old.name()).stream()
                        .max(Comparator.comparing(Instance::launchedAt).thenComparing(Instance::id))
                        .map(Instance::imageId);
        return new MakeGroup.Template(template.id(), template.version(), image, maxPods);
    }

    /** The most pods that a node of it admits. */
    int maxPods() {
        return Math.max(
                1,
                groups().stream()
                        .mapToInt(g -> g.template()
                                .map(MakeGroup.Template::maxPods)
                                .orElse(OptionalInt.empty())
                                .orElseGet(() -> first.nodesOf(g.name()).stream()
                                        .mapToInt(Node::maxPods)
                                        .max()
                                        .orElse(110)))
                        .max()
                        .orElse(1));
    }

    /** The slice of the pod range that each node gets. */
    ClusterPoolPlan pool() {
        int nodes = Math.max(1, groups().stream().mapToInt(MakeGroup::maxSize).sum());
        return ClusterPool.plan(options.podCidr(), maxPods(), nodes);
    }

    /** Where nodes get Cilium's images from. */
    ImageSource images() {
        List<String> subnets =
                groups().stream().flatMap(g -> g.subnets().stream()).distinct().toList();
        return ImageSource.of(first, subnets, options.imageRegistry(), Values.of(userValues));
    }

    /** Whether the user's chart values say where each image is. */
    boolean imagesNamed() {
        return ImageSource.missing(Values.of(userValues)).isEmpty();
    }

    /** The values that Cilium is installed with. */
    @SuppressWarnings("NullAway")
    Map<String, Object> values() {
        int mask = pool().fold(ClusterPoolPlan.Fits::mask, ClusterPoolPlan.TooSmall::mask);
        OverlayInput input = OverlayInput.of(options.ciliumVersion(), List.of(options.podCidr()), mask);
        return OverlayValues.hubble(input)
                .over(images().under(Values.of(userValues), HubbleLevel.AGENT))
                .toMap();
    }

    /** The second cluster as it will be, as far as anything copied to it depends on that. */
    View foreseen() {
        return ForeseenSecond.of(
                first,
                name(),
                snapshot.takenAt(),
                new Release(
                        Migration.NAMESPACE,
                        Migration.RELEASE,
                        Migration.CHART,
                        options.ciliumVersion().toString(),
                        "deployed",
                        1,
                        values()));
    }

    /** What makes it, in this order. */
    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        steps.add(step(
                "make-cluster",
                new MakeCluster(
                        name(),
                        first.cluster().name(),
                        first.cluster().kubernetesVersion(),
                        first.cluster().controlPlaneSubnets(),
                        !options.deleteGreen()),
                "a control plane of its own, with nothing in it yet that has to go again",
                options.deleteGreen()
                        ? "it is deleted, unless somebody uses it"
                        : "it is left, and paid for until somebody deletes it"));
        steps.add(step(
                "make-network",
                new InstallOnSecond(
                        Migration.NAMESPACE,
                        Migration.RELEASE,
                        options.chart().orElse(Migration.PUBLISHED_CHART),
                        options.ciliumVersion().toString(),
                        values()),
                "a node without a network is never ready, and EKS gives such a group up after 15 minutes",
                GOES_WITH_IT));
        List<MakeAddons.Wanted> proxy =
                addons().stream().filter(a -> a.name().equals(KUBE_PROXY)).toList();
        steps.add(step(
                "make-proxy",
                new MakeAddons(proxy, false),
                "agents of Cilium reach the API server by its Service, which kube-proxy serves",
                GOES_WITH_IT));
        List<PodIdentity> identities = List.copyOf(first.all(Part.POD_IDENTITIES, PodIdentity.class));
        if (!identities.isEmpty()) {
            steps.add(step(
                    "make-identities",
                    new MakeIdentities(identities),
                    "a pod that starts before its service account has a role starts without one",
                    GOES_WITH_IT));
        }
        groups().forEach(g -> steps.add(step(
                "make-group-" + g.name(),
                g,
                "as many nodes as the first cluster has there, under the same name, which selectors may ask for",
                g.keep() ? "it is left" : "group and launch template version are deleted, unless somebody uses them")));
        steps.add(step(
                "make-addons",
                new MakeAddons(addons(), true),
                "what is copied expects the add-ons of the first cluster",
                GOES_WITH_IT));
        return steps;
    }

    /** Those of the first cluster, and what no cluster does without, in EKS's default version where the first one has it otherwise. */
    private List<MakeAddons.Wanted> addons() {
        List<MakeAddons.Wanted> wanted = new ArrayList<>();
        first.all(Part.ADDONS, Addon.class).stream()
                .filter(a -> !a.name().equals(VPC_CNI))
                .map(a -> new MakeAddons.Wanted(a.name(), a.version(), a.configuration(), a.serviceAccountRole()))
                .forEach(wanted::add);
        ALWAYS.stream()
                .filter(name -> first.addon(name).isEmpty())
                .map(name -> new MakeAddons.Wanted(name, "", Map.of(), Optional.empty()))
                .forEach(wanted::add);
        return List.copyOf(wanted);
    }

    private static Step step(String id, Record params, String why, String back) {
        return StepDraft.of(id, params, why, List.of(Step.SECOND), back);
    }
}
