package io.cnishift.simulator.front;

import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.ApiRefusal.Cause;
import io.cnishift.simulator.ApiRefusal.Detail;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.ObjectStore;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.ApiResource;
import io.cnishift.simulator.kube.ApiServer;
import io.cnishift.simulator.kube.ApiServer.Mode;
import io.cnishift.simulator.kube.ApiServer.Writer;
import io.cnishift.simulator.kube.JsonPatch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Creates, updates, patches and applies objects as HTTP asks for it, by the API server of the simulator.
 *
 * <p>Source: Kubernetes documentation, API concepts and Server-Side Apply; pkg/registry strategies for what an update must
 * carry.
 */
final class Writes {
    private static final String APPLY = "application/apply-patch+yaml";
    /** Built-in kinds that an update must name the version of. */
    private static final Set<String> CONDITIONAL = Set.of("Lease", "PodDisruptionBudget");

    private final ObjectStore store;
    private final ApiServer api;
    private final Bodies bodies;

    Writes(ObjectStore store, ApiServer api, Bodies bodies) {
        this.store = store;
        this.api = api;
        this.bodies = bodies;
    }

    /** Who writes, and whether for good. */
    static Writer writer(ApiCall call) {
        return new Writer(
                call.manager(), mode(call.parameter("dryRun").map(List::of).orElse(List.of())));
    }

    /** What a list of dry-run stages asks for. */
    static Mode mode(List<String> stages) {
        if (stages.isEmpty()) {
            return Mode.KEEP;
        }
        if (!stages.equals(List.of("All"))) {
            throw new ApiRefusal(
                    Reason.INVALID, "dryRun: Unsupported value: " + stages + ": supported values: \"All\"");
        }
        return Mode.DRY_RUN;
    }

    Reply create(Target target, ApiCall call) {
        Map<String, Object> object = placed(bodies.whole(call.body()), target);
        return Reply.created(api.create(fresh(object), writer(call)));
    }

    /** A client does not say how its object fares; a Node's kubelet does. */
    private static Map<String, Object> fresh(Map<String, Object> object) {
        return switch (String.valueOf(object.get("kind"))) {
            case "Node" -> object;
            case "Pod" -> Trees.with(object, Map.of("phase", "Pending"), "status");
            default -> Trees.without(object, "status");
        };
    }

    Reply replace(Target target, ApiCall call) {
        Map<String, Object> object = named(placed(bodies.whole(call.body()), target), target);
        boolean versioned = Tree.text(object, "metadata", "resourceVersion").isPresent();
        if (store.get(target.key()).isEmpty() && target.resource().kind().equals("Lease") && !versioned) {
            return Reply.created(api.create(object, writer(call)));
        }
        if (!versioned
                && (!target.resource().builtIn()
                        || CONDITIONAL.contains(target.resource().kind()))) {
            throw new ApiRefusal(
                    Reason.INVALID,
                    target.key() + " is invalid: metadata.resourceVersion: Invalid value: 0x0: must be specified for an"
                            + " update");
        }
        return Reply.ok(change(
                target,
                before -> {
                    refuseOtherUid(before, object);
                    return managed(before, object);
                },
                call));
    }

    /** An update that does not say who owns which field leaves that as it is. */
    private static Map<String, Object> managed(Map<String, Object> before, Map<String, Object> object) {
        List<Object> owners = Tree.list(before, "metadata", "managedFields");
        boolean said = !Tree.list(object, "metadata", "managedFields").isEmpty();
        return said || owners.isEmpty() ? object : Trees.with(object, owners, "metadata", "managedFields");
    }

    Reply patch(Target target, ApiCall call) {
        return switch (call.contentType()) {
            case APPLY -> apply(target, call);
            case "application/json-patch+json" -> {
                List<?> operations = bodies.list(call.body());
                yield Reply.ok(change(target, before -> uidKept(before, JsonPatch.patched(before, operations)), call));
            }
            case "application/merge-patch+json" -> merged(PatchType.MERGE, target, call);
            case "application/strategic-merge-patch+json" -> merged(PatchType.STRATEGIC, target, call);
            default ->
                throw Refusals.coded(
                        415,
                        "the body of the request was in an unknown format - accepted media types include:"
                                + " application/json-patch+json, application/merge-patch+json,"
                                + " application/strategic-merge-patch+json, " + APPLY);
        };
    }

    private Reply merged(PatchType type, Target target, ApiCall call) {
        Map<String, Object> patch = Trees.canonical(bodies.object(call.body()));
        return Reply.ok(change(target, before -> uidKept(before, ApiServer.patched(type, before, patch)), call));
    }

    private Map<String, Object> change(Target target, UnaryOperator<Map<String, Object>> change, ApiCall call) {
        UnaryOperator<Map<String, Object>> checked = before -> named(change.apply(before), target);
        Map<String, Object> after = target.subresource().equals("status")
                ? api.updateStatus(target.key(), checked, writer(call))
                : api.update(target.key(), checked, writer(call));
        return Lists.served(after, target.resource());
    }

    private Reply apply(Target target, ApiCall call) {
        if (!target.subresource().isEmpty()) {
            throw Refusals.notModelled("server-side apply of " + target.subresource());
        }
        if (call.parameter("fieldManager").isEmpty()) {
            throw new ApiRefusal(
                    Reason.INVALID,
                    "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch");
        }
        Map<String, Object> config = named(placed(bodies.whole(call.body()), target), target);
        if (Tree.at(config, "metadata", "managedFields").isPresent()) {
            throw Refusals.badRequest("metadata.managedFields must be nil");
        }
        boolean made = store.get(target.key()).isEmpty();
        Map<String, Object> after = api.apply(config, call.flag("force"), writer(call));
        return made ? Reply.created(after) : Reply.ok(Lists.served(after, target.resource()));
    }

    /** The object in a request for a place, with the namespace of that place. */
    private static Map<String, Object> placed(Map<String, Object> object, Target target) {
        ApiResource resource = target.resource();
        String kind = Tree.text(object, "kind").orElse("");
        String version = Tree.text(object, "apiVersion").orElse("");
        if (!kind.equals(resource.kind()) || !version.equals(resource.apiVersion())) {
            throw Refusals.badRequest("the object provided is unrecognized: " + version + ", Kind=" + kind
                    + " was sent to " + resource.apiVersion() + ", Kind=" + resource.kind());
        }
        String namespace = Tree.text(object, "metadata", "namespace").orElse(target.namespace());
        if (resource.namespaced() && !namespace.equals(target.namespace())) {
            throw Refusals.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the" + " request");
        }
        return resource.namespaced()
                ? Trees.with(object, target.namespace(), "metadata", "namespace")
                : Trees.without(object, "metadata", "namespace");
    }

    private static Map<String, Object> named(Map<String, Object> object, Target target) {
        Optional<String> name = Tree.text(object, "metadata", "name");
        if (!name.equals(Optional.of(target.name()))) {
            throw Refusals.badRequest("the name of the object (" + name.orElse("")
                    + ") does not match the name on the URL (" + target.name() + ")");
        }
        return object;
    }

    /** A patch that names another UID would change what cannot change; of an update the UID is a precondition. */
    private static Map<String, Object> uidKept(Map<String, Object> before, Map<String, Object> after) {
        Optional<String> meant = Tree.text(after, "metadata", "uid");
        if (meant.isPresent() && !meant.equals(Tree.text(before, "metadata", "uid"))) {
            String why = "Invalid value: \"" + meant.get() + "\": field is immutable";
            throw new ApiRefusal(
                    Reason.INVALID,
                    ObjectKey.of(before) + " is invalid: metadata.uid: " + why,
                    Detail.causes(List.of(new Cause("FieldValueInvalid", why, "metadata.uid"))));
        }
        return after;
    }

    private static void refuseOtherUid(Map<String, Object> before, Map<String, Object> after) {
        Optional<String> has = Tree.text(before, "metadata", "uid");
        Optional<String> meant = Tree.text(after, "metadata", "uid");
        if (meant.isPresent() && !meant.equals(has)) {
            throw new ApiRefusal(
                    Reason.CONFLICT,
                    "Precondition failed: UID in precondition: " + meant.get() + ", UID in object meta: "
                            + has.orElse(""));
        }
    }
}
