package io.cnishift.adapters.kubernetes;

import io.cnishift.adapters.resilience.Between;
import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.adapters.resilience.Calls;
import io.cnishift.adapters.resilience.Fault;
import io.cnishift.adapters.resilience.Operation;
import io.cnishift.api.cluster.Tree;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads objects of an API server as trees.
 *
 * <p>Lists follow their pages, and each page is one request. When the server has forgotten where a list was (410), it starts
 * again from the first page, for the pages of one list must be of one time.
 */
public final class KubeApi {

    /** How often a list is started before it is given up. */
    private static final int STARTS = 3;

    private final KubeTransport transport;
    private final Calls calls;

    KubeApi(KubeTransport transport, Calls calls) {
        this.transport = transport;
        this.calls = calls;
    }

    /** The same with that work done after each call. */
    KubeApi between(Runnable work) {
        return new KubeApi(transport, new Between(calls, work));
    }

    /** All objects of a kind that a selector matches, each projected as it arrives; empty selectors match all. */
    public <T> List<T> list(
            KubeResource resource, String labelSelector, Function<Map<String, Object>, Stream<T>> projection) {
        return listing(resource, resource.path(), query("labelSelector", labelSelector), projection)
                .items();
    }

    /** The metadata of all objects of a kind, each projected as it arrives. */
    <T> List<T> names(KubeResource resource, Function<Map<String, Object>, Stream<T>> projection) {
        return listing(resource, resource.path(), "", projection, KubeRequest::names)
                .items();
    }

    /** All objects of a kind at a path, and the version that a watch of what comes after them begins with. */
    <T> Listing<T> listing(KubeResource resource, String path, Function<Map<String, Object>, Stream<T>> projection) {
        return listing(resource, path, "", projection);
    }

    /** What a list held, all of it of one time. */
    record Listing<T>(List<T> items, String resourceVersion) {}

    private <T> Listing<T> listing(
            KubeResource resource, String path, String selection, Function<Map<String, Object>, Stream<T>> projection) {
        return listing(resource, path, selection, projection, KubeRequest::get);
    }

    private <T> Listing<T> listing(
            KubeResource resource,
            String path,
            String selection,
            Function<Map<String, Object>, Stream<T>> projection,
            Function<String, KubeRequest> request) {
        for (int start = 1; ; start++) {
            try {
                return pages(resource, path, selection, projection, request);
            } catch (CallFailure failure) {
                if (!failure.is(Fault.Kind.EXPIRED) || start == STARTS) {
                    throw failure;
                }
            }
        }
    }

    private <T> Listing<T> pages(
            KubeResource resource,
            String path,
            String selection,
            Function<Map<String, Object>, Stream<T>> projection,
            Function<String, KubeRequest> request) {
        List<T> all = new ArrayList<>();
        String position = "";
        String at = "";
        do {
            String page = path + "?limit=" + resource.page() + selection + query("continue", position);
            Map<String, Object> answer = send(Operation.kubernetes("list", resource.toString()), request.apply(page));
            String kind = Tree.text(answer, "kind").orElse("");
            String version = Tree.text(answer, "apiVersion").orElse("");
            Tree.maps(answer, "items").stream()
                    .map(item -> typed(item, kind, version))
                    .flatMap(projection)
                    .forEach(all::add);
            position = Tree.text(answer, "metadata", "continue").orElse("");
            at = Tree.text(answer, "metadata", "resourceVersion").orElse("");
        } while (!position.isEmpty());
        return new Listing<>(all, at);
    }

    // Items of a list carry no kind of their own; the list's kind is theirs with "List" behind it.
    private static Map<String, Object> typed(Map<String, Object> item, String listKind, String version) {
        if (item.containsKey("kind") || !listKind.endsWith("List")) {
            return item;
        }
        Map<String, Object> typed = new LinkedHashMap<>();
        typed.put("apiVersion", version);
        typed.put("kind", listKind.substring(0, listKind.length() - "List".length()));
        typed.putAll(item);
        return typed;
    }

    /** One object of the core group; empty when there is none. */
    public Optional<Map<String, Object>> get(String plural, String namespace, String name) {
        return get(KubeResource.core(plural), namespace, name);
    }

    /** One object in a namespace; empty when there is none. */
    public Optional<Map<String, Object>> get(KubeResource resource, String namespace, String name) {
        return object(resource.toString(), resource.path(namespace) + "/" + name);
    }

    /**
     * The object at a path; empty when there is none.
     *
     * @param resource as RBAC names it
     */
    Optional<Map<String, Object>> object(String resource, String path) {
        try {
            return Optional.of(send(Operation.kubernetes("get", resource), KubeRequest.get(path)));
        } catch (CallFailure failure) {
            if (failure.is(Fault.Kind.NOT_FOUND)) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** The answer of a discovery path. */
    Map<String, Object> discover(String path) {
        return send(Operation.kubernetes("discover", path), KubeRequest.get(path));
    }

    /** The answer to a request that may be sent twice. */
    private Map<String, Object> send(Operation operation, KubeRequest request) {
        return calls.call(operation, () -> transport.send(request));
    }

    private static String query(String name, String value) {
        return value.isEmpty() ? "" : "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
