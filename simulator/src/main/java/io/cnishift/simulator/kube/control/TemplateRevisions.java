package io.cnishift.simulator.kube.control;

import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectIndex;
import io.cnishift.simulator.ObjectStore;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.Hashes;
import io.cnishift.simulator.kube.Pods;
import io.cnishift.simulator.kube.Revisions;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The ControllerRevisions of DaemonSets and StatefulSets: a template is told by the hash that its pods carry as a label.
 *
 * <p>Source: pkg/controller/history.
 */
final class TemplateRevisions {
    private static final int HISTORY = 10;

    private final ObjectStore store;
    private final ObjectIndex byOwner;
    /** What was found last, by the UID of the set, as long as none of its revisions changes. */
    private final Map<String, Current> found = new HashMap<>();

    private TemplateRevisions(Kernel kernel) {
        store = kernel.objects();
        byOwner = store.index("ControllerRevision", Pods::controllerUid);
        store.listen("ControllerRevision", (before, after) -> {
            before.ifPresent(r -> found.keySet().removeAll(Pods.controllerUid(r)));
            after.ifPresent(r -> found.keySet().removeAll(Pods.controllerUid(r)));
        });
    }

    private record Current(Map<String, Object> template, String hash) {}

    static TemplateRevisions of(Kernel kernel) {
        return kernel.shared(TemplateRevisions.class, TemplateRevisions::new);
    }

    /** The hash of the set's template as it is now; a template that was there before has its old hash. */
    @SuppressWarnings("ReferenceEquality") // trees are never changed, only replaced
    String current(Map<String, Object> set) {
        Map<String, Object> template = Tree.map(set, "spec", "template");
        Current last = found.get(Pods.uid(set));
        if (last != null && last.template() == template) {
            return last.hash();
        }
        String hash = find(set, template);
        found.put(Pods.uid(set), new Current(template, hash));
        return hash;
    }

    private String find(Map<String, Object> set, Map<String, Object> template) {
        List<Map<String, Object>> known = List.copyOf(byOwner.of(Pods.uid(set)));
        long newest = known.stream().mapToLong(TemplateRevisions::number).max().orElse(0);
        String hash = hashFor(set, template);
        // a snapshot has no empty fields, and hashes know none: what differs in those alone is the same revision
        Optional<Map<String, Object>> same = known.stream()
                .filter(r -> Tree.map(r, "data", "template").equals(template) || hash(r).equals(hash))
                .findFirst();
        if (same.isPresent()) {
            renumber(same.get(), newest);
            return hash(same.get());
        }
        Pod.OwnerRef owner =
                new Pod.OwnerRef(Pods.key(set).kind(), Pods.key(set).name(), Pods.uid(set));
        store.create(
                Trees.without(
                        Revisions.revision(owner, Pods.key(set).namespace(), hash, template, (int) newest + 1),
                        "metadata",
                        "creationTimestamp"),
                Controller.MANAGER);
        forget(known);
        return hash;
    }

    private static String hashFor(Map<String, Object> set, Map<String, Object> template) {
        String hash = Hashes.template(template);
        return Pods.key(set).kind().equals("StatefulSet") ? Pods.key(set).name() + "-" + hash : hash;
    }

    private void renumber(Map<String, Object> revision, long newest) {
        if (number(revision) < newest) {
            store.update(
                    "ControllerRevision",
                    Pods.key(revision).namespace(),
                    Pods.key(revision).name(),
                    Controller.MANAGER,
                    r -> Trees.with(r, newest + 1, "revision"));
        }
    }

    private void forget(List<Map<String, Object>> known) {
        known.stream()
                .sorted(Comparator.comparingLong(TemplateRevisions::number))
                .limit(Math.max(0, known.size() - HISTORY))
                .forEach(r -> store.remove(
                        "ControllerRevision",
                        Pods.key(r).namespace(),
                        Pods.key(r).name()));
    }

    private static long number(Map<String, Object> revision) {
        return Tree.number(revision, 0, "revision");
    }

    private static String hash(Map<String, Object> revision) {
        return Pods.labels(revision).getOrDefault(Revisions.REVISION_HASH, "");
    }
}
