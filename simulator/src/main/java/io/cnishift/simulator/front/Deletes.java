package io.cnishift.simulator.front;

import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.ObjectStore;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.ApiServer;
import io.cnishift.simulator.kube.ApiServer.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Deletes and evicts as HTTP asks for it. Source: Kubernetes API reference, DeleteOptions and Eviction. */
final class Deletes {
    private final ObjectStore store;
    private final ApiServer api;
    private final Bodies bodies;

    Deletes(ObjectStore store, ApiServer api, Bodies bodies) {
        this.store = store;
        this.api = api;
        this.bodies = bodies;
    }

    /** How something is to be deleted; empty where nobody said. */
    private record Options(Optional<String> uid, Optional<String> version, OptionalLong graceSeconds, Writer writer) {

        static Options of(Map<String, Object> tree, ApiCall call) {
            String policy = Tree.text(tree, "propagationPolicy")
                    .or(() -> call.parameter("propagationPolicy"))
                    .orElse("Background");
            if (!policy.equals("Background")) {
                throw Refusals.notModelled("deletion with propagationPolicy " + policy);
            }
            List<String> stages = Tree.texts(tree, "dryRun");
            Writer writer = stages.isEmpty() ? Writes.writer(call) : new Writer(call.manager(), Writes.mode(stages));
            OptionalLong grace = Tree.at(tree, "gracePeriodSeconds").isPresent()
                    ? OptionalLong.of(Tree.number(tree, 0, "gracePeriodSeconds"))
                    : call.number("gracePeriodSeconds");
            return new Options(
                    Tree.text(tree, "preconditions", "uid"),
                    Tree.text(tree, "preconditions", "resourceVersion"),
                    grace,
                    writer);
        }

        void refuseOtherVersion(Map<String, Object> object) {
            String has = Tree.text(object, "metadata", "resourceVersion").orElse("");
            if (version.isPresent() && !version.get().equals(has)) {
                throw new ApiRefusal(
                        Reason.CONFLICT,
                        "Precondition failed: ResourceVersion in precondition: " + version.get()
                                + ", ResourceVersion in object meta: " + has);
            }
        }
    }

    Reply delete(Target target, ApiCall call) {
        return Reply.ok(deleted(target, Options.of(bodies.object(call.body()), call)));
    }

    private Map<String, Object> deleted(Target target, Options options) {
        Map<String, Object> before = require(target);
        options.refuseOtherVersion(before);
        api.delete(target.key(), options.uid(), options.graceSeconds(), options.writer());
        String uid = Tree.text(before, "metadata", "uid").orElse("");
        return store.get(target.key()).orElseGet(() -> Statuses.success(target, uid));
    }

    /** Deletes all objects of a list, one after the other. */
    Reply deleteAll(Target target, ApiCall call) {
        Options options = Options.of(bodies.object(call.body()), call);
        Selection selection = Selection.of(call, target.resource());
        String kind = target.resource().kind();
        List<Map<String, Object>> all =
                new ArrayList<>(target.namespace().isEmpty() ? store.list(kind) : store.list(kind, target.namespace()));
        for (Map<String, Object> object : all) {
            if (selection.matches(object)) {
                ObjectKey key = ObjectKey.of(object);
                deleted(new Target(target.resource(), key.namespace(), key.name(), ""), options);
            }
        }
        return Reply.ok(Statuses.success(target, ""));
    }

    /** Evicts the pod; an eviction that names no UID means the pod of that name. */
    Reply evict(Target target, ApiCall call) {
        Map<String, Object> eviction = bodies.object(call.body());
        Map<String, Object> given = Tree.map(eviction, "deleteOptions");
        Options options = Options.of(given, call);
        Map<String, Object> pod = require(target);
        options.refuseOtherVersion(pod);
        String uid = options.uid().or(() -> Tree.text(pod, "metadata", "uid")).orElse("");
        api.evict(target.key(), uid, options.graceSeconds(), options.writer());
        return Reply.created(
                Trees.of("kind", "Status", "apiVersion", "v1", "metadata", Map.of(), "status", "Success", "code", 201));
    }

    private Map<String, Object> require(Target target) {
        return store.get(target.key()).orElseThrow(() -> Refusals.notFound(target.key() + " not found"));
    }
}
