package io.cnishift.adapters.reach;

import io.cnishift.adapters.kubernetes.KubeApi;
import io.cnishift.adapters.kubernetes.KubeResource;
import io.cnishift.adapters.kubernetes.OwnPods;
import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.api.act.CreateObject;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.KubernetesPort;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of pods that ask. Each is removed when its question is answered. What could not be removed is tried again with the next
 * question and at the end; what a process that died left behind goes with the first pod of the next one.
 */
final class ProbePods {

    private static final Logger LOG = LoggerFactory.getLogger(ProbePods.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    /** Twice the life of a pod: one that is older is nobody's. */
    private static final Duration LEFT_BEHIND = Duration.ofMinutes(2);

    private final KubernetesPort port;
    private final KubeApi api;
    private final TimeSource time;
    private final RandomGenerator names;
    private final Map<String, ObjectRef> ours = new LinkedHashMap<>();
    private boolean swept;

    ProbePods(KubernetesPort port, KubeApi api, TimeSource time, RandomGenerator names) {
        this.port = Objects.requireNonNull(port);
        this.api = Objects.requireNonNull(api);
        this.time = Objects.requireNonNull(time);
        this.names = Objects.requireNonNull(names);
    }

    /** A name that no other pod has. */
    String name() {
        return String.format("cnishift-probe-%08x", names.nextInt());
    }

    /** Makes a pod. */
    void make(Map<String, Object> pod) {
        sweep();
        ObjectRef ref = ObjectRef.of(pod);
        // noted first: a pod whose making was not answered for may be there
        ours.put(ref.name(), ref);
        ActResult result = port.perform(new CreateObject(pod));
        Optional<String> refused = result.fold(done -> Optional.empty(), no -> Optional.of(no.message()));
        if (refused.isPresent()) {
            ours.remove(ref.name());
            throw new Unasked("the pod that asks was refused: " + refused.get());
        }
    }

    /** The pod when it is so; as it is at that time, when it is not until then. Empty when it is gone. */
    Optional<Map<String, Object>> await(String name, Predicate<Map<String, Object>> so, Instant until) {
        while (true) {
            Optional<Map<String, Object>> pod = api.get("pods", OwnPods.NAMESPACE, name);
            Instant now = time.now();
            if (pod.isEmpty() || so.test(pod.get()) || !now.isBefore(until)) {
                return pod;
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new Unasked("interrupted");
            }
            Instant next = now.plus(LOOK_EVERY);
            time.await(next.isBefore(until) ? next : until);
        }
    }

    /** Removes all pods of this process. */
    void remove() {
        Map.copyOf(ours).values().forEach(ref -> remove(ref, Optional.empty()));
    }

    private void remove(ObjectRef ref, Optional<String> uid) {
        try {
            if (port.perform(new DeleteObject(ref, uid)).done()) {
                ours.remove(ref.name());
            }
        } catch (MigrationException e) {
            LOG.debug("{} was not removed yet: {}", ref, e.getMessage());
        }
    }

    private void sweep() {
        if (swept) {
            return;
        }
        swept = true;
        try {
            api.list(KubeResource.core("pods"), OwnPods.LABEL, Stream::of).stream()
                    .filter(this::leftBehind)
                    .forEach(pod -> remove(
                            ObjectRef.of(
                                    "v1",
                                    "Pod",
                                    OwnPods.NAMESPACE,
                                    ObjectRef.of(pod).name()),
                            Tree.text(pod, "metadata", "uid")));
        } catch (CallFailure failure) {
            LOG.debug("pods left behind were not looked for: {}", failure.getMessage());
        }
    }

    /** Another machine may be asking just now; its pods are young. */
    private boolean leftBehind(Map<String, Object> pod) {
        boolean place = Tree.text(pod, "metadata", "namespace").equals(Optional.of(OwnPods.NAMESPACE));
        return place
                && Tree.text(pod, "metadata", "creationTimestamp")
                        .filter(made -> Instant.parse(made).plus(LEFT_BEHIND).isBefore(time.now()))
                        .isPresent();
    }
}
