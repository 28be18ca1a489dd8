package io.cnishift.simulator.kube.kubelet;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.Containers;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.PodNetwork.Wiring;
import io.cnishift.simulator.kube.Pods;
import io.cnishift.simulator.kube.Volumes;
import io.cnishift.simulator.kube.kubelet.ContainerStatuses.State;
import io.cnishift.simulator.kube.kubelet.ContainerStatuses.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One pod on its node, from being bound to being gone.
 *
 * <ol>
 *   <li>Volumes are attached, then the network is asked for an address (not with host networking); both are asked again until
 *       they say yes.
 *   <li>Images that are missing are pulled, with back-off where a registry is not reached; containers start; where a host port
 *       is taken they crash, and are restarted with back-off.
 *   <li>When the readiness probes would pass and nothing ails the containers, the pod is ready.
 *   <li>When it is deleted, its processes end, the network takes the address back, the object goes.
 * </ol>
 *
 * Invariant: a step that was scheduled before the last turn of the pod's life does nothing.
 */
final class PodWorker {
    private static final Duration SANDBOX_RETRY = Duration.ofSeconds(10);
    private static final Duration NETWORK_RETRY = Duration.ofSeconds(5);
    private static final Duration POWER_RETRY = Duration.ofSeconds(10);
    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(10);
    private static final int BACKOFF_DOUBLINGS = 5;
    private static final String RUN_SECONDS = "cnishift.io/run-seconds";
    private static final Duration JOB_RUNS = Duration.ofSeconds(60);

    private final Kernel kernel;
    private final Runtimes runtimes;
    private final ObjectKey key;
    private final String uid;
    private final String node;
    private final Set<PodWorker> waitingForVolumes;
    private Optional<Map<String, Object>> wired = Optional.empty();
    private int restarts;
    private int pulls;
    private long turn;

    /** @param waitingForVolumes where it stands as long as it waits for volumes, to be told of them */
    PodWorker(Kernel kernel, Runtimes runtimes, Set<PodWorker> waitingForVolumes, Map<String, Object> pod) {
        this.kernel = kernel;
        this.runtimes = runtimes;
        this.waitingForVolumes = waitingForVolumes;
        key = Pods.key(pod);
        uid = Pods.uid(pod);
        node = Pods.node(pod).orElse("");
    }

    /** Begins to start the pod. */
    void start() {
        after(Duration.ofMillis(100), this::prepare);
    }

    /** Takes over a pod that runs already. */
    void adopt(Map<String, Object> pod) {
        if (!Pods.hostNetwork(pod) && Pods.address(pod).isPresent()) {
            wired = Optional.of(pod);
        }
        restarts = (int) Tree.maps(pod, "status", "containerStatuses").stream()
                .mapToLong(c -> Tree.number(c, 0, "restartCount"))
                .sum();
        if (!Pods.ready(pod) && !Pods.terminating(pod)) {
            after(Runtimes.periodOf(pod), this::probe);
        } else if (!Pods.terminating(pod)) {
            statedRun(pod).ifPresent(whole -> after(leftOf(whole, pod), this::succeed));
        }
    }

    /** Ends the pod, whose deletion has begun. */
    void end(Map<String, Object> pod) {
        turn++;
        waitingForVolumes.remove(this);
        after(runtimes.endOf(pod), this::ended);
    }

    /** The object is gone, with or without the kubelet. */
    void gone() {
        turn++;
        waitingForVolumes.remove(this);
        unwire();
    }

    private void after(Duration delay, Consumer<Map<String, Object>> step) {
        long mine = ++turn;
        kernel.clock().after(delay, () -> {
            Optional<Map<String, Object>> pod =
                    kernel.objects().get(key).filter(p -> Pods.uid(p).equals(uid));
            if (mine == turn && pod.isPresent()) {
                run(pod.get(), step);
            }
        });
    }

    private void run(Map<String, Object> pod, Consumer<Map<String, Object>> step) {
        if (!kernel.powered(node)) {
            after(POWER_RETRY, step);
            return;
        }
        try {
            step.accept(pod);
        } catch (ApiRefusal refused) {
            // the API server would not take the status: the kubelet says it again
            after(POWER_RETRY, step);
        }
    }

    private void prepare(Map<String, Object> pod) {
        if (Volumes.ready(kernel, pod)) {
            waitingForVolumes.remove(this);
        } else {
            waitingForVolumes.add(this);
            write(pod, waiting("ContainerCreating", "waiting for volumes to be attached"));
            after(NETWORK_RETRY, this::prepare);
            return;
        }
        if (Pods.hostNetwork(pod)) {
            address(pod, hostAddress());
            return;
        }
        Optional<String> notReady = kernel.podNetwork().notReadyReason(node);
        if (notReady.isPresent()) {
            write(pod, waiting("ContainerCreating", "network is not ready: " + notReady.get()));
            after(NETWORK_RETRY, this::prepare);
            return;
        }
        kernel.podNetwork().add(node, pod).fold(w -> wired(pod, w), r -> refused(pod, r));
    }

    private boolean wired(Map<String, Object> pod, Wiring.Wired wiring) {
        wired = Optional.of(pod);
        address(pod, wiring.address());
        return true;
    }

    private boolean refused(Map<String, Object> pod, Wiring.Refused refusal) {
        write(pod, waiting("ContainerCreating", "FailedCreatePodSandBox: " + refusal.reason()));
        after(SANDBOX_RETRY, this::prepare);
        return false;
    }

    private void address(Map<String, Object> pod, String address) {
        String host = hostAddress();
        kernel.objects().status(key, "kubelet", s -> ContainerStatuses.addressed(s, address, host));
        pull(pod);
    }

    private void pull(Map<String, Object> pod) {
        Optional<String> refusal = runtimes.refusal(pod);
        if (refusal.isPresent()) {
            write(pod, waiting("ImagePullBackOff", refusal.get()));
            after(FIRST_BACKOFF.multipliedBy(1L << Math.min(pulls++, BACKOFF_DOUBLINGS)), this::pull);
            return;
        }
        after(runtimes.startOf(pod), this::launch);
    }

    private void launch(Map<String, Object> pod) {
        Optional<String> clash = runtimes.clash(pod);
        if (clash.isPresent()) {
            crash(pod, clash.get());
            return;
        }
        write(pod, new State("Running", false, restarts, Optional.empty()));
        Duration readiness = runtimes.readinessOf(pod);
        if (readiness.isZero()) {
            probe(pod);
        } else {
            after(readiness, this::probe);
        }
    }

    private void probe(Map<String, Object> pod) {
        Optional<Containers.Ailment> ailment = kernel.containers().ailment(pod);
        if (ailment.isPresent() && ailment.get().kind() == Containers.Kind.CRASHED) {
            crash(pod, ailment.get().message());
        } else if (ailment.isPresent()) {
            after(Runtimes.periodOf(pod), this::probe);
        } else {
            write(pod, new State("Running", true, restarts, Optional.empty()));
            runsToAnEnd(pod).ifPresent(after -> after(after, this::succeed));
        }
    }

    private void crash(Map<String, Object> pod, String message) {
        restarts++;
        write(pod, new State("Running", false, restarts, Optional.of(new Waiting("CrashLoopBackOff", message))));
        after(FIRST_BACKOFF.multipliedBy(1L << Math.min(restarts - 1, BACKOFF_DOUBLINGS)), this::launch);
    }

    private Optional<Duration> runsToAnEnd(Map<String, Object> pod) {
        return job(pod).map(name -> statedRun(pod).orElse(JOB_RUNS));
    }

    /** How long a pod of a Job runs, where it or its Job says so: the record of a pod does not keep that annotation. */
    private Optional<Duration> statedRun(Map<String, Object> pod) {
        return job(pod).flatMap(name -> Tree.text(pod, "metadata", "annotations", RUN_SECONDS)
                        .or(() -> kernel.objects()
                                .get("Job", key.namespace(), name)
                                .flatMap(
                                        j -> Tree.text(j, "spec", "template", "metadata", "annotations", RUN_SECONDS))))
                .filter(s -> s.matches("[0-9]{1,9}"))
                .map(s -> Duration.ofSeconds(Long.parseLong(s)));
    }

    private static Optional<String> job(Map<String, Object> pod) {
        return Pods.controller(pod).filter(r -> "Job".equals(r.get("kind"))).flatMap(r -> Tree.text(r, "name"));
    }

    /** What is left of a run that began with the pod. */
    private Duration leftOf(Duration whole, Map<String, Object> pod) {
        Instant began = Tree.text(pod, "status", "startTime")
                .map(Instant::parse)
                .orElse(kernel.clock().now());
        Duration left = whole.minus(Duration.between(began, kernel.clock().now()));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private void succeed(Map<String, Object> pod) {
        write(pod, new State("Succeeded", false, restarts, Optional.empty()));
        turn++;
        unwire();
    }

    private void ended(Map<String, Object> pod) {
        unwire();
        boolean held = !Tree.list(pod, "metadata", "finalizers").isEmpty();
        if (held) {
            write(pod, new State("Failed", false, restarts, Optional.empty()));
            kernel.objects().delete(key, "kubelet", Optional.of(uid), OptionalLong.of(0));
        } else {
            kernel.objects().remove(key.kind(), key.namespace(), key.name());
        }
    }

    private void unwire() {
        wired.ifPresent(pod -> kernel.podNetwork().remove(node, pod));
        wired = Optional.empty();
    }

    private State waiting(String reason, String message) {
        return new State("Pending", false, restarts, Optional.of(new Waiting(reason, message)));
    }

    private void write(Map<String, Object> pod, State state) {
        kernel.objects()
                .status(
                        key,
                        "kubelet",
                        s -> ContainerStatuses.status(
                                pod, s, state, kernel.clock().now()));
    }

    private String hostAddress() {
        return kernel.objects().get("Node", "", node).stream()
                .flatMap(n -> Tree.maps(n, "status", "addresses").stream())
                .filter(a -> "InternalIP".equals(a.get("type")))
                .flatMap(a -> Tree.text(a, "address").stream())
                .findFirst()
                .orElse("");
    }
}
