package io.cnishift.simulator.front;

import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.SimClock;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.ApiServer;
import io.cnishift.simulator.kube.Catalogue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Answers the requests that one document answers: all but watches. To be asked by one thread at a time. */
final class Api {
    private final Catalogue catalogue;
    private final Discovery discovery;
    private final OpenApi openApi;
    private final Lists lists;
    private final Writes writes;
    private final Deletes deletes;
    private final Scales scales;
    private final SimClock clock;
    private final String clusterVersion;

    Api(Kernel kernel, Bodies bodies) {
        ApiServer api = new ApiServer(kernel);
        catalogue = new Catalogue(kernel.objects());
        discovery = new Discovery(catalogue);
        openApi = new OpenApi(catalogue);
        lists = new Lists(kernel.objects());
        writes = new Writes(kernel.objects(), api, bodies);
        deletes = new Deletes(kernel.objects(), api, bodies);
        scales = new Scales(kernel.objects(), api, bodies);
        clock = kernel.clock();
        clusterVersion = kernel.snapshot().cluster().kubernetesVersion();
    }

    /** What a watch is of. */
    Target watched(ApiCall call) {
        Target target = target(call).orElseThrow(Refusals::noSuchResource);
        refuseUnservable(target, call);
        return target;
    }

    /** What the path leads to; empty when it is none of objects. */
    private Optional<Target> target(ApiCall call) {
        List<String> path = call.path();
        boolean api =
                !path.isEmpty() && (path.get(0).equals("api") || path.get(0).equals("apis"));
        return api ? Target.of(path, catalogue) : Optional.empty();
    }

    /** The answer; a refusal is one too. */
    Reply answer(ApiCall call) {
        Optional<Target> target = Optional.empty();
        try {
            target = target(call);
            return target.isPresent() ? object(target.get(), call) : document(call);
        } catch (ApiRefusal refusal) {
            return Statuses.failure(refusal, target);
        }
    }

    private Reply document(ApiCall call) {
        List<String> path = call.path();
        if (!call.method().equals("GET")) {
            throw Refusals.noSuchResource();
        }
        return switch (path.isEmpty() ? "" : path.get(0)) {
            case "" -> Reply.ok(Trees.of("paths", List.of("/api", "/apis", "/healthz", "/openapi/v3", "/version")));
            case "api" ->
                path.size() == 1
                        ? Reply.ok(Discovery.core())
                        : found(path.size() == 2, () -> discovery.resources("", path.get(1)));
            case "apis" ->
                switch (path.size()) {
                    case 1 -> Reply.ok(discovery.groups());
                    case 2 -> found(true, () -> discovery.group(path.get(1)));
                    case 3 -> found(true, () -> discovery.resources(path.get(1), path.get(2)));
                    default -> throw Refusals.noSuchResource();
                };
            case "openapi" ->
                path.size() == 2 && path.get(1).equals("v3")
                        ? Reply.ok(openApi.index())
                        : found(
                                path.size() > 2 && path.get(1).equals("v3"),
                                () -> openApi.document(path.subList(2, path.size())));
            case "version" -> Reply.ok(version());
            default -> throw Refusals.noSuchResource();
        };
    }

    private static Reply found(boolean wellFormed, Supplier<Optional<Map<String, Object>>> document) {
        return (wellFormed ? document.get() : Optional.<Map<String, Object>>empty())
                .map(Reply::ok)
                .orElseThrow(Refusals::noSuchResource);
    }

    private Map<String, Object> version() {
        int dot = clusterVersion.indexOf('.');
        return Trees.of(
                "major",
                clusterVersion.substring(0, Math.max(0, dot)),
                "minor",
                clusterVersion.substring(dot + 1),
                "gitVersion",
                "v" + clusterVersion + ".0-eks-simulated",
                "platform",
                "simulator");
    }

    private Reply object(Target target, ApiCall call) {
        refuseUnservable(target, call);
        if (!target.subresource().isEmpty()) {
            return below(target, call);
        }
        boolean one = !target.name().isEmpty();
        return switch (call.method()) {
            case "GET" -> Reply.ok(shown(one ? lists.get(target) : lists.list(target, call), target, call));
            case "DELETE" -> one ? deletes.delete(target, call) : deletes.deleteAll(target, call);
            case "POST" -> {
                if (one || (target.resource().namespaced() && target.namespace().isEmpty())) {
                    throw Refusals.methodNotAllowed();
                }
                yield writes.create(target, call);
            }
            case "PUT", "PATCH" -> {
                if (!one) {
                    throw Refusals.methodNotAllowed();
                }
                yield call.method().equals("PUT") ? writes.replace(target, call) : writes.patch(target, call);
            }
            default -> throw Refusals.methodNotAllowed();
        };
    }

    /** The form in which the objects of a watch are told. */
    UnaryOperator<Map<String, Object>> form(Target target, ApiCall call) {
        return object -> shown(Lists.served(object, target.resource()), target, call);
    }

    private Map<String, Object> shown(Map<String, Object> document, Target target, ApiCall call) {
        return Tables.wanted(call) ? Tables.of(document, target.resource(), clock.now()) : document;
    }

    private Reply below(Target target, ApiCall call) {
        String subresource = target.resource()
                .subresource(target.subresource())
                .orElseThrow(() -> Refusals.notModelled(target.resource().plural() + "/" + target.subresource()));
        String wanted = subresource + " " + call.method();
        return switch (wanted) {
            case "eviction POST" -> deletes.evict(target, call);
            case "scale GET" -> scales.get(target);
            case "scale PUT" -> scales.replace(target, call);
            case "scale PATCH" -> scales.patch(target, call);
            case "status GET" -> Reply.ok(lists.get(target));
            case "status PUT" -> writes.replace(target, call);
            case "status PATCH" -> writes.patch(target, call);
            default -> throw Refusals.methodNotAllowed();
        };
    }

    /** Only JSON is spoken, and YAML understood; a client that takes nothing else is told so. */
    private static void refuseUnservable(Target target, ApiCall call) {
        String accepted = call.header("accept");
        boolean json = accepted.isEmpty()
                || Tables.wanted(call)
                || accepted.contains("*/*")
                || List.of(accepted.split(",", -1)).stream()
                        .map(String::strip)
                        .anyMatch(a -> a.startsWith("application/json") && !a.contains("as="));
        if (!json) {
            throw Refusals.coded(406, "only application/json is served, not " + accepted);
        }
        if (call.contentType().equals(Protobuf.MEDIA_TYPE)) {
            throw Refusals.coded(
                    415,
                    "the simulator understands JSON and YAML, not protobuf; of kubectl's commands that write it, pipe"
                            + " 'kubectl create " + target.resource().singular()
                            + " ... --dry-run=client -o yaml' into 'kubectl create -f -'");
        }
    }
}
