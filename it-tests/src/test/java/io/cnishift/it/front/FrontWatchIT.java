package io.cnishift.it.front;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.CordonNode;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.EvictPod;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.port.KubernetesPort;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the watches of a real cluster's adapters bring, laid over what was read, is what is read afterwards. */
final class FrontWatchIT {
    /** Names of objects of all kinds are listed and not watched. */
    private static final Set<Part> PARTS = Arrays.stream(Part.values())
            .filter(p -> p.source() == Part.Source.KUBERNETES && p != Part.OBJECTS)
            .collect(Collectors.toSet());

    @TempDir
    private Path folder;

    private final BlockingQueue<Change> arrived = new LinkedBlockingQueue<>();
    private final Map<String, Resource> view = new TreeMap<>();
    private Twins twins;
    private KubernetesPort port;

    @BeforeEach
    void open() {
        twins = new Twins("minnie-wallace", folder);
        port = twins.real().kubernetes();
    }

    @AfterEach
    void close() {
        twins.close();
    }

    private static String key(Part part, String key) {
        return part + " " + key;
    }

    private Map<String, Resource> read() {
        Map<String, Resource> read = new TreeMap<>();
        port.read(PARTS).resources().stream()
                .filter(r -> PARTS.contains(r.part()))
                .forEach(r -> read.put(key(r.part(), r.key()), r));
        return read;
    }

    private void take(Change change) {
        change.now()
                .ifPresentOrElse(
                        now -> view.put(key(change.part(), change.key()), now),
                        () -> view.remove(key(change.part(), change.key())));
    }

    /** Takes changes in until the view is as the cluster; a watch that brings nothing any more is found out by that. */
    private void settle(String after) throws InterruptedException {
        Map<String, Resource> there = read();
        while (!view.equals(there)) {
            Change change = arrived.poll(20, TimeUnit.SECONDS);
            if (change == null) {
                assertThat(view).as("the view after %s", after).isEqualTo(there);
            }
            take(Objects.requireNonNull(change));
        }
    }

    private void done(Act act) {
        assertThat(port.perform(act)).as("%s", act).matches(r -> r.done());
    }

    @Test
    void feedsWhatReadingShows() throws InterruptedException {
        assertThat(port.watch(PARTS, arrived::add)).isEqualTo(PARTS);
        view.putAll(read());

        Node node = twins.all(Part.NODES, Node.class).get(0);
        done(new CordonNode(node.name(), node.uid()));
        settle("a cordon");
        Pod pod = twins.all(Part.PODS, Pod.class).stream()
                .filter(p ->
                        p.workload().filter(w -> w.startsWith("Deployment/")).isPresent())
                .findFirst()
                .orElseThrow();
        done(new EvictPod(pod.namespace(), pod.name(), pod.uid(), OptionalLong.empty()));
        settle("an eviction");
        twins.fronted().advance("5m");
        settle("five minutes");
        assertThat(view).doesNotContainKey(key(Part.PODS, pod.key()));
        done(new PatchObject(
                ObjectRef.of("apps/v1", "DaemonSet", "kube-system", "aws-node"),
                PatchType.MERGE,
                Map.of(
                        "spec",
                        Map.of(
                                "template",
                                Map.of("spec", Map.of("nodeSelector", Map.of("io.cilium/aws-node", "true"))))),
                Optional.empty()));
        twins.fronted().advance("10m");
        settle("a fenced aws-node");
        ObjectRef service = ObjectRef.of("v1", "Service", "kube-system", "kube-dns");
        done(new DeleteObject(service, Optional.empty()));
        twins.fronted().advance("1m");
        settle("a Service gone");
        assertThat(view).doesNotContainKey(key(Part.ENDPOINTS, "kube-system/kube-dns"));
    }

    @Test
    void customResourcesAreFollowed() throws InterruptedException {
        assertThat(port.watch(Set.of(Part.ENI_CONFIGS, Part.CONFIG_MAPS), arrived::add))
                .hasSize(2);
        done(new ApplyObject(Map.of(
                "apiVersion",
                "crd.k8s.amazonaws.com/v1alpha1",
                "kind",
                "ENIConfig",
                "metadata",
                Map.of("name", "zone-a"),
                "spec",
                Map.of("subnet", "subnet-1", "securityGroups", List.of("sg-1")))));
        Change change = arrived.poll(1, TimeUnit.MINUTES);
        assertThat(change).isNotNull();
        assertThat(change.key()).isEqualTo("zone-a");
    }

    @Test
    void aChangeEndsAWait() {
        port.watch(Set.of(Part.NODES), arrived::add);
        Instant late = twins.real().time().now().plus(Duration.ofSeconds(30));
        Node node = twins.all(Part.NODES, Node.class).get(0);
        done(new CordonNode(node.name(), node.uid()));

        twins.real().time().await(late);

        assertThat(arrived).isNotEmpty();
        assertThat(twins.real().time().now()).isBefore(late);
    }
}
