package io.cnishift.simulator.front;

import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.ObjectStore;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.ApiServer;
import io.cnishift.simulator.kube.JsonPatch;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The scale subresource: the replicas of a workload as an object of their own. Source: Kubernetes API reference, Scale. */
final class Scales {
    private final ObjectStore store;
    private final ApiServer api;
    private final Bodies bodies;

    Scales(ObjectStore store, ApiServer api, Bodies bodies) {
        this.store = store;
        this.api = api;
        this.bodies = bodies;
    }

    Reply get(Target target) {
        return Reply.ok(
                scale(store.get(target.key()).orElseThrow(() -> Refusals.notFound(target.key() + " not found"))));
    }

    Reply replace(Target target, ApiCall call) {
        Map<String, Object> wanted = bodies.object(call.body());
        return write(target, call, wanted);
    }

    Reply patch(Target target, ApiCall call) {
        Map<String, Object> now = get(target).body();
        return write(
                target,
                call,
                switch (call.contentType()) {
                    case "application/json-patch+json" -> JsonPatch.patched(now, bodies.list(call.body()));
                    case "application/merge-patch+json", "application/strategic-merge-patch+json" ->
                        ApiServer.patched(PatchType.MERGE, now, bodies.object(call.body()));
                    default -> throw Refusals.notModelled("a patch of a scale by " + call.contentType());
                });
    }

    private Reply write(Target target, ApiCall call, Map<String, Object> wanted) {
        long replicas = Tree.number(wanted, 0, "spec", "replicas");
        if (replicas < 0) {
            throw Refusals.coded(422, target.key() + " is invalid: spec.replicas: must be greater than or equal to 0");
        }
        return Reply.ok(scale(api.update(
                target.key(),
                before -> {
                    Map<String, Object> after = Trees.with(before, replicas, "spec", "replicas");
                    return Tree.text(wanted, "metadata", "resourceVersion")
                            .map(v -> Trees.with(after, v, "metadata", "resourceVersion"))
                            .orElse(after);
                },
                Writes.writer(call))));
    }

    private static Map<String, Object> scale(Map<String, Object> workload) {
        Map<String, Object> metadata = Tree.map(workload, "metadata");
        String selector = Tree.strings(workload, "spec", "selector", "matchLabels").entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(","));
        return Trees.of(
                "kind",
                "Scale",
                "apiVersion",
                "autoscaling/v1",
                "metadata",
                identity(metadata),
                "spec",
                Trees.of("replicas", Tree.number(workload, 1, "spec", "replicas")),
                "status",
                Trees.of("replicas", Tree.number(workload, 0, "status", "replicas"), "selector", selector));
    }

    private static Map<String, Object> identity(Map<String, Object> metadata) {
        Map<String, Object> identity = metadata;
        for (String field : List.of("labels", "annotations", "managedFields", "ownerReferences", "generation")) {
            identity = Trees.without(identity, field);
        }
        return identity;
    }
}
