package io.cnishift.strategy.newcluster;

import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.Volume;
import io.cnishift.api.cluster.Workload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The volumes that these namespaces claim: those that both clusters may have at once, and those that only one may have. */
final class ClaimedVolumes {

    /** The driver of volumes that are attached to one node. */
    static final String EBS = "ebs.csi.aws.com";

    /** The driver of file systems that are mounted over the network by whoever comes. */
    static final String EFS = "efs.csi.aws.com";

    private static final Set<String> SHARED = Set.of("ReadWriteMany", "ReadOnlyMany");
    private static final Set<String> SCALABLE = Set.of("Deployment", "StatefulSet");

    private final View view;
    private final List<String> namespaces;
    private final List<Volume> claimed;
    private final Map<String, String> strangers;

    ClaimedVolumes(View view, List<String> namespaces) {
        this.view = view;
        this.namespaces = List.copyOf(namespaces);
        claimed = view.all(Part.VOLUMES, Volume.class).stream()
                .filter(v -> v.claim()
                        .filter(c -> this.namespaces.contains(c.substring(0, c.indexOf('/'))))
                        .isPresent())
                .toList();
        strangers = claimed.isEmpty() ? Map.of() : strangers(view);
    }

    /** All that are carried. */
    List<Volume> carried() {
        return claimed.stream().filter(v -> left(v).isEmpty()).toList();
    }

    /** Those that are carried before anything runs in the second cluster: shared file systems, and what nobody uses. */
    List<Volume> early() {
        List<Volume> late = late();
        return carried().stream().filter(v -> !late.contains(v)).toList();
    }

    /** Those that are carried once their workload has let go of them. */
    List<Volume> late() {
        return carried().stream()
                .filter(this::alone)
                .filter(v -> users(v).anyMatch(w -> w.desired() > 0))
                .toList();
    }

    /** The workloads that have to let go of a volume in one cluster before they can have it in the other. */
    List<Workload> movers() {
        List<Volume> late = late();
        return new Inventory(view)
                .lasting(namespaces).stream()
                        .filter(w -> w.desired() > 0 && late.stream().anyMatch(v -> uses(w, v)))
                        .toList();
    }

    /** The volumes that a workload of those has. */
    List<Volume> of(Workload mover) {
        return late().stream().filter(v -> uses(mover, v)).toList();
    }

    /** The volumes of these workloads that one cluster can have at a time, whether or not they run. */
    List<Volume> alone(List<Workload> workloads) {
        return claimed.stream()
                .filter(this::alone)
                .filter(v -> workloads.stream().anyMatch(w -> uses(w, v)))
                .toList();
    }

    /**
     * Whether one cluster can have it at a time: a disk, which EC2 attaches to one node; and a file system of a single writer, which
     * is not made for two that know nothing of each other.
     */
    private boolean alone(Volume volume) {
        return volume.driver().equals(EBS)
                || volume.accessModes().stream().noneMatch(SHARED::contains)
                || users(volume).anyMatch(w -> w.kind().equals("StatefulSet"));
    }

    /** Those that nobody can carry. */
    List<Volume> staying() {
        return claimed.stream().filter(v -> left(v).isPresent()).toList();
    }

    /** Why a volume cannot be carried; empty when it can. */
    Optional<String> left(Volume volume) {
        if (!volume.driver().equals(EBS) && !volume.driver().equals(EFS)) {
            return Optional.of(
                    volume.driver().isEmpty()
                            ? "it is of no CSI driver, so it is bound to a node or to a plug-in of its cluster"
                            : "nobody has taught this version how volumes of " + volume.driver() + " change clusters");
        }
        List<Workload> users = users(volume).toList();
        if (!alone(volume)) {
            return Optional.empty();
        }
        return users.stream()
                .filter(w -> !SCALABLE.contains(w.kind()))
                .findFirst()
                .map(w -> w.kind() + " " + w.namespace() + "/" + w.name()
                        + " uses it, which cannot be scaled to zero while the volume changes clusters")
                .or(() -> held(volume, users.stream().anyMatch(w -> w.desired() > 0)));
    }

    /** Who has a volume and ends with no workload: a pod by itself, of a Job or of an operator; or a node, while no workload runs. */
    private Optional<String> held(Volume volume, boolean used) {
        Optional<String> pod = Optional.ofNullable(strangers.get(volume.claim().orElse("")))
                .map(key ->
                        "pod " + key + " uses it, which ends with no Deployment or StatefulSet that is scaled to zero");
        return used
                ? pod
                : pod.or(() -> volume.attachedTo()
                        .map(node ->
                                "it is attached to " + node + ", and no Deployment or StatefulSet runs that uses it"));
    }

    /** Unfinished pods that no scalable workload made, by the claims that they mount. */
    private static Map<String, String> strangers(View view) {
        Map<String, String> strangers = new HashMap<>();
        view.pods().stream()
                .filter(p -> !p.finished())
                .filter(p -> p.workload()
                        .flatMap(view::workload)
                        .filter(w -> SCALABLE.contains(w.kind()))
                        .isEmpty())
                .forEach(p -> p.volumes().stream()
                        .flatMap(v -> v.claim().stream())
                        .forEach(claim -> strangers.putIfAbsent(claim, p.key())));
        return strangers;
    }

    private Stream<Workload> users(Volume volume) {
        return view.workloads().stream()
                .filter(w -> namespaces.contains(w.namespace()))
                .filter(w -> uses(w, volume));
    }

    private boolean uses(Workload workload, Volume volume) {
        String claim = volume.claim().orElse("");
        boolean named = Tree.maps(workload.podSpec(), "volumes").stream()
                .flatMap(v -> Tree.text(v, "persistentVolumeClaim", "claimName").stream())
                .anyMatch(name -> claim.equals(workload.namespace() + "/" + name));
        boolean made = workload.claimTemplates().stream()
                .map(template -> workload.namespace() + "/" + template + "-" + workload.name() + "-")
                .anyMatch(prefix -> claim.startsWith(prefix)
                        && claim.substring(prefix.length()).matches("[0-9]{1,6}"));
        return named || made || view.podsOf(workload.key()).stream().anyMatch(p -> !p.finished() && mounts(p, claim));
    }

    private static boolean mounts(Pod pod, String claim) {
        return pod.volumes().stream()
                .anyMatch(v -> v.claim().filter(claim::equals).isPresent());
    }
}
