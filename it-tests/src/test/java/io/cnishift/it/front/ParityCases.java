package io.cnishift.it.front;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.CordonNode;
import io.cnishift.api.act.CreateObject;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.EvictPod;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.act.UncordonNode;
import io.cnishift.api.cluster.Budget;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.api.port.KubernetesPort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a Kubernetes port does on whatever server it stands before. Each case finds its namespace made. */
final class ParityCases {
    private static final String ANOTHER = "11111111-2222-3333-4444-555555555555";
    private static final int RUNNERS = 8;

    private final Peer.Site site;
    private final String namespace;

    ParityCases(Peer.Site site) {
        this.site = site;
        namespace = site.namespace();
    }

    /** One case. */
    interface Case {
        void run(ParityCases on) throws InterruptedException;
    }

    static Map<String, Case> all() {
        Map<String, Case> all = new LinkedHashMap<>();
        all.put("apply creates, changes and shows what stood there", ParityCases::applies);
        all.put("apply never takes a field from another", ParityCases::appliesWithoutForce);
        all.put("create leaves what exists alone", ParityCases::creates);
        all.put("a patch merges, and is refused when the object has changed", ParityCases::patches);
        all.put("a deletion is of one object, and content when it is gone", ParityCases::deletes);
        all.put("a cordon is of one node", ParityCases::cordons);
        all.put("an eviction is of one pod", ParityCases::evicts);
        all.put("a budget refuses an eviction, two always do", ParityCases::evictsUnderBudgets);
        all.put("admission refuses what a namespace does not let in", ParityCases::admission);
        all.put("what is not valid is refused as that", ParityCases::invalid);
        all.put("a dry run answers and leaves nothing", ParityCases::dryRun);
        all.put("what was written is read, and told by a watch", ParityCases::readsAndWatches);
        all.put("of eight who take a Lease one wins", ParityCases::race);
        return all;
    }

    private ActResult done(Act act) {
        ActResult result = site.port().perform(act);
        assertThat(result.done()).as("%s: %s", act, result).isTrue();
        return result;
    }

    private String version(Act act) {
        return done(act).fold(p -> Tree.text(p.produced(), "resourceVersion").orElse(""), r -> "");
    }

    private void refused(Reason reason, Act act) {
        ActResult result = site.port().perform(act);
        assertThat(reasonOf(result)).as("%s: %s", act, result).contains(reason);
    }

    private static Optional<Reason> reasonOf(ActResult result) {
        return result.fold(done -> Optional.empty(), refused -> Optional.of(refused.reason()));
    }

    private Map<String, Object> object(String apiVersion, String kind, String name, Map<String, Object> rest) {
        Map<String, Object> object = new LinkedHashMap<>(Map.of(
                "apiVersion",
                apiVersion,
                "kind",
                kind,
                "metadata",
                Map.of("name", name, "namespace", namespace, "labels", Map.of("app", "parity"))));
        object.putAll(rest);
        return object;
    }

    private Map<String, Object> map(Map<String, Object> data) {
        return object("v1", "ConfigMap", "one", Map.of("data", data));
    }

    private static PatchObject merge(ObjectRef object, Map<String, Object> patch, Optional<String> version) {
        return new PatchObject(object, PatchType.MERGE, patch, version);
    }

    private void applies() {
        ApplyObject first = new ApplyObject(map(Map.of("a", "b")));
        assertThat(site.port().before(first)).isEmpty();
        String version = version(first);
        assertThat(Tree.strings(site.port().before(first), "data")).isEqualTo(Map.of("a", "b"));
        assertThat(version(first)).as("nothing is written twice").isEqualTo(version);
        ApplyObject second = new ApplyObject(map(Map.of("c", "d")));
        assertThat(version(second)).isNotEqualTo(version);
        assertThat(Tree.strings(site.port().before(second), "data")).isEqualTo(Map.of("c", "d"));
    }

    private void appliesWithoutForce() {
        done(new ApplyObject(map(Map.of("a", "b"))));
        site.changedByAnother(ObjectRef.of(map(Map.of())), Map.of("data", Map.of("a", "c")));
        refused(Reason.CONFLICT, new ApplyObject(map(Map.of("a", "d"))));
        assertThat(Tree.text(site.port().before(new ApplyObject(map(Map.of()))), "data", "a"))
                .contains("c");
    }

    private void creates() {
        done(new CreateObject(map(Map.of("a", "b"))));
        refused(Reason.EXISTS, new CreateObject(map(Map.of("a", "c"))));
        assertThat(Tree.text(site.port().before(new ApplyObject(map(Map.of()))), "data", "a"))
                .contains("b");
    }

    private void patches() {
        ObjectRef one = ObjectRef.of(map(Map.of()));
        String version = version(new ApplyObject(map(Map.of("a", "b"))));
        done(merge(one, Map.of("data", Map.of("c", "d")), Optional.of(version)));
        refused(Reason.CONFLICT, merge(one, Map.of("data", Map.of("c", "e")), Optional.of(version)));
        refused(
                Reason.GONE,
                merge(ObjectRef.of("v1", "ConfigMap", namespace, "none"), Map.of("data", Map.of()), Optional.empty()));
        done(new ApplyObject(pod("one")));
        done(new PatchObject(
                ObjectRef.of(pod("one")),
                PatchType.STRATEGIC,
                Map.of("spec", Map.of("containers", List.of(Map.of("name", "main", "image", "example/web:2")))),
                Optional.empty()));
        List<Map<String, Object>> containers =
                Tree.maps(site.port().before(new ApplyObject(pod("one"))), "spec", "containers");
        assertThat(containers).hasSize(1);
        assertThat(containers.get(0)).containsEntry("image", "example/web:2");
    }

    private void deletes() {
        ObjectRef one = ObjectRef.of(map(Map.of()));
        done(new DeleteObject(one, Optional.empty()));
        done(new ApplyObject(map(Map.of("a", "b"))));
        refused(Reason.CONFLICT, new DeleteObject(one, Optional.of(ANOTHER)));
        done(new DeleteObject(one, Optional.empty()));
        assertThat(site.port().before(new DeleteObject(one, Optional.empty()))).isEmpty();
    }

    private void cordons() {
        Node node = site.node();
        done(new CordonNode(node.name(), node.uid()));
        assertThat(Tree.flag(site.port().before(new CordonNode(node.name(), node.uid())), "spec", "unschedulable"))
                .isTrue();
        refused(Reason.CONFLICT, new UncordonNode(node.name(), ANOTHER));
        done(new UncordonNode(node.name(), node.uid()));
        refused(Reason.CONFLICT, new CordonNode(node.name(), ANOTHER));
        refused(Reason.GONE, new CordonNode("none", node.uid()));
        assertThat(Tree.flag(site.port().before(new CordonNode(node.name(), node.uid())), "spec", "unschedulable"))
                .isFalse();
    }

    private Map<String, Object> pod(String name) {
        return object(
                "v1",
                "Pod",
                name,
                Map.of(
                        "spec",
                        Map.of(
                                "nodeName",
                                site.node().name(),
                                "containers",
                                List.of(Map.of("name", "main", "image", "example/web:1")))));
    }

    private EvictPod running(String name) {
        done(new ApplyObject(pod(name)));
        site.settle();
        Map<String, Object> there = site.port().before(new ApplyObject(pod(name)));
        return evict(name, Tree.text(there, "metadata", "uid").orElseThrow());
    }

    private EvictPod evict(String name, String uid) {
        return new EvictPod(namespace, name, uid, OptionalLong.empty());
    }

    private ApplyObject budget(String name, int minAvailable) {
        return new ApplyObject(object(
                "policy/v1",
                "PodDisruptionBudget",
                name,
                Map.of(
                        "spec",
                        Map.of(
                                "minAvailable",
                                minAvailable,
                                "selector",
                                Map.of("matchLabels", Map.of("app", "parity"))))));
    }

    private void evicts() {
        EvictPod one = running("one");
        refused(Reason.CONFLICT, evict("one", ANOTHER));
        refused(Reason.GONE, evict("none", one.uid()));
        done(one);
        Map<String, Object> left = site.port().before(one);
        assertThat(left.isEmpty()
                        || Tree.at(left, "metadata", "deletionTimestamp").isPresent())
                .isTrue();
    }

    private void evictsUnderBudgets() {
        EvictPod one = running("one");
        EvictPod two = running("two");
        done(budget("strict", 2));
        site.settle();
        refused(Reason.BUDGET, one);
        done(budget("other", 0));
        site.settle();
        refused(Reason.DOUBLE_BUDGET, one);
        done(new DeleteObject(ObjectRef.of(budget("other", 0).object()), Optional.empty()));
        done(budget("strict", 1));
        site.settle();
        done(one);
        refused(Reason.BUDGET, two);
    }

    private void admission() {
        Map<String, Object> strict = Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Namespace",
                "metadata",
                Map.of("name", namespace, "labels", Map.of("pod-security.kubernetes.io/enforce", "baseline")));
        done(new ApplyObject(strict));
        Map<String, Object> pod = new LinkedHashMap<>(pod("one"));
        Map<String, Object> spec = new LinkedHashMap<>(Tree.map(pod, "spec"));
        spec.put("hostNetwork", true);
        pod.put("spec", spec);
        refused(Reason.ADMISSION, new ApplyObject(pod));
    }

    private void invalid() {
        refused(Reason.INVALID, new ApplyObject(object("v1", "ConfigMap", "No_Name", Map.of())));
        refused(Reason.INVALID, new ApplyObject(object("example.org/v1", "House", "one", Map.of())));
        Map<String, Object> elsewhere = new LinkedHashMap<>(map(Map.of()));
        elsewhere.put("metadata", Map.of("name", "one", "namespace", "no-such-namespace"));
        refused(Reason.GONE, new ApplyObject(elsewhere));
    }

    private void dryRun() {
        ApplyObject act = new ApplyObject(map(Map.of("a", "b")));
        assertThat(site.check(act).done()).isTrue();
        assertThat(site.port().before(act)).isEmpty();
        assertThat(reasonOf(site.check(new CordonNode(site.node().name(), ANOTHER))))
                .contains(Reason.CONFLICT);
        EvictPod one = running("one");
        assertThat(site.check(one).done()).isTrue();
        assertThat(Tree.at(site.port().before(one), "metadata", "deletionTimestamp"))
                .isEmpty();
    }

    private void readsAndWatches() throws InterruptedException {
        BlockingQueue<Change> told = new LinkedBlockingQueue<>();
        assertThat(site.port().watch(Set.of(Part.BUDGETS), told::add)).containsExactly(Part.BUDGETS);
        done(budget("strict", 2));
        String key = namespace + "/strict";
        assertThat(site.port().read(Set.of(Part.BUDGETS)).resources())
                .extracting(r -> r.key())
                .contains(key);
        Change there = Objects.requireNonNull(told.poll(30, TimeUnit.SECONDS));
        assertThat(there.key()).isEqualTo(key);
        assertThat(there.now().map(Budget.class::cast).map(Budget::name)).contains("strict");
        done(new DeleteObject(ObjectRef.of(budget("strict", 2).object()), Optional.empty()));
        Change last = there;
        while (last.now().isPresent()) {
            last = Objects.requireNonNull(told.poll(30, TimeUnit.SECONDS));
        }
        assertThat(last.key()).isEqualTo(key);
    }

    private void race() {
        Map<String, Object> lease =
                object("coordination.k8s.io/v1", "Lease", "one", Map.of("spec", Map.of("leaseDurationSeconds", 60)));
        String version = version(new CreateObject(lease));
        ExecutorService runners = Executors.newFixedThreadPool(RUNNERS);
        try {
            List<CompletableFuture<ActResult>> taken = new ArrayList<>();
            for (int i = 0; i < RUNNERS; i++) {
                KubernetesPort port = site.another();
                Act take = merge(
                        ObjectRef.of(lease),
                        Map.of("spec", Map.of("holderIdentity", "runner-" + i)),
                        Optional.of(version));
                taken.add(CompletableFuture.supplyAsync(() -> port.perform(take), runners));
            }
            List<ActResult> results =
                    taken.stream().map(CompletableFuture::join).toList();
            assertThat(results).filteredOn(ActResult::done).as("winners").hasSize(1);
            assertThat(results)
                    .filteredOn(r -> !r.done())
                    .extracting(ParityCases::reasonOf)
                    .containsOnly(Optional.of(Reason.CONFLICT));
        } finally {
            runners.shutdownNow();
        }
    }
}
