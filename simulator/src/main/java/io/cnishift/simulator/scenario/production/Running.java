package io.cnishift.simulator.scenario.production;

import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.Volume;
import io.cnishift.api.cluster.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Workloads, their pods, and the EBS volumes of these. */
final class Running {

    /** Annotations of pods that records keep. */
    private static final List<String> READ =
            List.of("karpenter.sh/do-not-disrupt", "cluster-autoscaler.kubernetes.io/safe-to-evict");

    private static final Duration JOB_AGE = Duration.ofHours(6);
    private static final int FIRST_VERSION = 100_000;

    private final Placement placement;
    private final Wiring wiring;

    Running(Placement placement, Wiring wiring) {
        this.placement = placement;
        this.wiring = wiring;
    }

    List<Resource> resources() {
        List<Resource> all = new ArrayList<>();
        for (App app : placement.apps()) {
            List<Placed> pods = placement.pods(app);
            all.add(workload(app, pods.size()));
            Common common = Common.of(app);
            for (Placed pod : pods) {
                all.add(pod(pod, common, FIRST_VERSION + all.size()));
                if (app.claim()) {
                    all.add(volume(pod));
                }
            }
        }
        return all;
    }

    private static Workload workload(App app, int pods) {
        boolean rolls = !app.kind().equals("Job");
        return new Workload(
                app.kind(),
                app.namespace(),
                app.name(),
                Ids.uid(app.key()),
                "2000",
                1,
                1,
                pods,
                pods,
                pods,
                pods,
                rolls ? "RollingUpdate" : "OnDelete",
                app.kind().equals("Deployment") ? Optional.of("25%") : Optional.empty(),
                app.kind().equals("Deployment") ? Optional.of("25%") : daemonShare(app),
                false,
                rolls ? Map.of("matchLabels", app.labels()) : Map.of(),
                app.labels(),
                app.labels(),
                app.annotations(),
                app.podSpec(),
                app.claims(),
                false,
                app.owner().kind() == Owner.Kind.EKS_ADDON ? eksFields(app) : List.of(),
                List.of(),
                app.owner());
    }

    private static Optional<String> daemonShare(App app) {
        return app.daemon() ? Optional.of("10%") : Optional.empty();
    }

    private static List<String> eksFields(App app) {
        String template = "spec.template.spec.";
        List<String> fields = new ArrayList<>(List.of(template + "containers[" + app.name() + "].image"));
        if (app.daemon()) {
            fields.add(template + "hostNetwork");
        }
        fields.add(template + "tolerations");
        return fields;
    }

    /** What all pods of an app have, worked out once. */
    private record Common(
            Pod.OwnerRef controller,
            KubeProjection.Requests requests,
            List<Pod.HostPort> hostPorts,
            Map<String, String> labels,
            Map<String, String> annotations,
            String serviceAccount) {

        static Common of(App app) {
            boolean deployment = app.kind().equals("Deployment");
            Map<String, String> annotations = new LinkedHashMap<>(app.annotations());
            annotations.keySet().retainAll(READ);
            return new Common(
                    new Pod.OwnerRef(
                            deployment ? "ReplicaSet" : app.kind(),
                            app.maker(),
                            Ids.uid(app.key() + (deployment ? " set" : ""))),
                    KubeProjection.requests(app.podSpec()),
                    KubeProjection.hostPorts(app.podSpec()),
                    labels(app),
                    annotations,
                    Tree.text(app.podSpec(), "serviceAccountName").orElse("default"));
        }

        private static Map<String, String> labels(App app) {
            Map<String, String> labels = new LinkedHashMap<>(app.labels());
            switch (app.kind()) {
                case "Deployment" -> labels.put("pod-template-hash", app.hash());
                case "StatefulSet" -> labels.put("controller-revision-hash", app.name() + "-" + app.hash());
                case "DaemonSet" -> labels.put("controller-revision-hash", app.hash());
                default -> labels.put("batch.kubernetes.io/job-name", app.name());
            }
            return labels;
        }
    }

    private Pod pod(Placed placed, Common common, int version) {
        App app = placed.app();
        return new Pod(
                app.namespace(),
                placed.name(),
                Ids.uid(placed.key()),
                String.valueOf(version),
                Optional.of(common.controller()),
                Optional.of(placed.host().name()),
                Pod.Phase.RUNNING,
                true,
                Optional.of(wiring.address(placed)),
                app.hostNetwork(),
                common.hostPorts(),
                labels(placed, common),
                common.annotations(),
                common.requests().cpuMillis(),
                common.requests().memoryMiB(),
                volumes(placed),
                common.serviceAccount(),
                Tree.number(app.podSpec(), 30, "terminationGracePeriodSeconds"),
                false,
                0,
                Optional.empty(),
                since(placed));
    }

    private static Map<String, String> labels(Placed placed, Common common) {
        if (!placed.app().kind().equals("StatefulSet")) {
            return common.labels();
        }
        Map<String, String> labels = new LinkedHashMap<>(common.labels());
        labels.put("statefulset.kubernetes.io/pod-name", placed.name());
        labels.put("apps.kubernetes.io/pod-index", String.valueOf(placed.number()));
        return labels;
    }

    private static List<Pod.PodVolume> volumes(Placed placed) {
        List<Pod.PodVolume> volumes = new ArrayList<>();
        if (placed.app().claim()) {
            volumes.add(new Pod.PodVolume("persistentVolumeClaim", Optional.of(claim(placed))));
        }
        Tree.maps(placed.app().podSpec(), "volumes")
                .forEach(v -> volumes.add(new Pod.PodVolume("emptyDir", Optional.empty())));
        return volumes;
    }

    private static Instant since(Placed placed) {
        return placed.app().kind().equals("Job") ? Site.TAKEN_AT.minus(JOB_AGE) : Fleet.since(placed.host());
    }

    private static String claim(Placed placed) {
        return placed.app().namespace() + "/" + placed.claim();
    }

    private static Volume volume(Placed placed) {
        String uid = Ids.uid("volume " + claim(placed));
        return new Volume(
                "pvc-" + uid,
                "ebs.csi.aws.com",
                "vol-0" + Ids.hash(uid, 16),
                Optional.of(claim(placed)),
                Optional.of(Shape.zone(placed.host().zone())),
                List.of("ReadWriteOnce"),
                "Delete",
                Optional.of(placed.host().name()));
    }
}
