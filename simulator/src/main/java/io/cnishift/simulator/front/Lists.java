package io.cnishift.simulator.front;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.ObjectStore;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.kube.ApiResource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * Reads of one object and of lists, page by page. All pages of a list are of one time: a later one is refused once the change
 * log does not reach back to the first any more.
 *
 * <p>Source: Kubernetes documentation, API concepts: "Retrieving large results sets in chunks", "Resource versions".
 */
final class Lists {
    private static final String NEWEST = "0";

    private final ObjectStore store;

    Lists(ObjectStore store) {
        this.store = store;
    }

    Map<String, Object> get(Target target) {
        return store.get(target.key())
                .map(o -> served(o, target.resource()))
                .orElseThrow(() -> Refusals.notFound(target.key() + " not found"));
    }

    /** Where a page begins: behind that name, in the list of that version. */
    private record Position(long version, String after) {
        static Position parse(String token) {
            try {
                String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
                int colon = text.indexOf(':');
                return new Position(Long.parseLong(text.substring(0, Math.max(0, colon))), text.substring(colon + 1));
            } catch (IllegalArgumentException e) {
                throw Refusals.badRequest("continue key is not valid: " + e.getMessage());
            }
        }

        String token() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((version + ":" + after).getBytes(StandardCharsets.UTF_8));
        }
    }

    Map<String, Object> list(Target target, ApiCall call) {
        Selection selection = Selection.of(call, target.resource());
        Optional<Position> from = call.parameter("continue").map(Position::parse);
        NavigableMap<String, Map<String, Object>> there = from.map(p -> at(
                        p.version(),
                        target,
                        "The provided continue parameter is too old to display a consistent list result. You must start"
                                + " a new list without the continue parameter."))
                .orElseGet(() -> wanted(target, call));
        long version = from.map(Position::version).or(() -> exact(call)).orElse(store.resourceVersion());
        NavigableMap<String, Map<String, Object>> inNamespace =
                target.namespace().isEmpty()
                        ? there
                        : there.subMap(target.namespace() + "/", true, target.namespace() + "0", false);
        NavigableMap<String, Map<String, Object>> rest =
                from.map(p -> inNamespace.tailMap(p.after(), false)).orElse(inNamespace);
        return page(rest, selection, new Page(target.resource(), version, limit(call)));
    }

    private record Page(ApiResource resource, long version, long limit) {}

    private static long limit(ApiCall call) {
        long limit = call.number("limit").orElse(0);
        return limit == 0 ? Long.MAX_VALUE : limit;
    }

    private static Map<String, Object> page(
            NavigableMap<String, Map<String, Object>> rest, Selection selection, Page page) {
        List<Map<String, Object>> items = new ArrayList<>();
        String last = "";
        boolean more = false;
        for (Map<String, Object> object : rest.values()) {
            if (selection.matches(object)) {
                if (items.size() >= page.limit()) {
                    more = true;
                    break;
                }
                items.add(item(object, page.resource()));
                last = ObjectKey.of(object).nameInKind();
            }
        }
        boolean counted = more && selection.everything();
        return Trees.of(
                "kind",
                page.resource().kind() + "List",
                "apiVersion",
                page.resource().apiVersion(),
                "metadata",
                Trees.of(
                        "resourceVersion",
                        String.valueOf(page.version()),
                        "continue",
                        more ? new Position(page.version(), last).token() : null,
                        "remainingItemCount",
                        counted ? (Object) (rest.size() - items.size()) : null),
                "items",
                items);
    }

    /** The objects of the version that a request wants: the newest, or exactly that one. */
    private NavigableMap<String, Map<String, Object>> wanted(Target target, ApiCall call) {
        Optional<Long> exact = exact(call);
        if (exact.isPresent()) {
            return at(exact.get(), target, "The resourceVersion for the provided list is too old.");
        }
        call.number("resourceVersion").ifPresent(this::refuseFuture);
        return store.byName(target.resource().kind());
    }

    private static Optional<Long> exact(ApiCall call) {
        Optional<String> version = call.parameter("resourceVersion").filter(v -> !v.equals(NEWEST));
        Optional<String> match = call.parameter("resourceVersionMatch");
        boolean paged = match.isEmpty() && call.parameter("limit").isPresent();
        return version.isPresent() && (paged || match.equals(Optional.of("Exact")))
                ? Optional.of(call.number("resourceVersion").orElseThrow())
                : Optional.empty();
    }

    private NavigableMap<String, Map<String, Object>> at(long version, Target target, String tooOld) {
        refuseFuture(version);
        return Past.at(version, store, target.resource().kind()).orElseThrow(() -> Refusals.expired(tooOld));
    }

    private void refuseFuture(long version) {
        if (version > store.resourceVersion()) {
            throw Refusals.coded(
                    504, "Too large resource version: " + version + ", current: " + store.resourceVersion());
        }
    }

    /** An object in the version of its API that is served. */
    static Map<String, Object> served(Map<String, Object> object, ApiResource resource) {
        return Tree.text(object, "apiVersion")
                        .filter(resource.apiVersion()::equals)
                        .isPresent()
                ? object
                : Trees.with(object, resource.apiVersion(), "apiVersion");
    }

    /** Items of a list of a built-in kind do not repeat its kind. */
    private static Map<String, Object> item(Map<String, Object> object, ApiResource resource) {
        if (!resource.builtIn()) {
            return served(object, resource);
        }
        Map<String, Object> item = new LinkedHashMap<>(object);
        item.remove("kind");
        item.remove("apiVersion");
        return item;
    }
}
