package io.cnishift.simulator;

import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult.Reason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** What the API server writes into the metadata of an object by itself. */
final class Stamps {
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
    private static final int SUFFIX = 5;

    private Stamps() {}

    /** With a name made from generateName where it has none. */
    static Map<String, Object> named(Map<String, Object> object, RandomGenerator random) {
        if (Tree.text(object, "metadata", "name").isPresent()) {
            return object;
        }
        StringBuilder name =
                new StringBuilder(Tree.text(object, "metadata", "generateName").orElse(""));
        if (name.length() == 0) {
            return object;
        }
        for (int i = 0; i < SUFFIX; i++) {
            name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return Trees.with(object, name.toString(), "metadata", "name");
    }

    static Map<String, Object> created(Map<String, Object> object, String uid, Instant now) {
        Map<String, Object> stamped = Trees.with(object, uid, "metadata", "uid");
        stamped = Trees.with(stamped, second(now), "metadata", "creationTimestamp");
        stamped = Trees.without(stamped, "metadata", "deletionTimestamp");
        return Kinds.countsGeneration(ObjectKey.of(object).kind())
                ? Trees.with(stamped, 1L, "metadata", "generation")
                : stamped;
    }

    /** What an update cannot change is as it was; an update made on another version is refused. */
    static Map<String, Object> identityKept(Map<String, Object> before, Map<String, Object> after) {
        refuseOtherVersion(before, after);
        Map<String, Object> metadata = Tree.map(before, "metadata");
        Map<String, Object> kept = after;
        for (String field : new String[] {
            "name",
            "namespace",
            "uid",
            "resourceVersion",
            "creationTimestamp",
            "generation",
            "deletionTimestamp",
            "deletionGracePeriodSeconds"
        }) {
            kept = restored(kept, metadata, field);
        }
        Object status = before.get("status");
        if (Objects.equals(status, kept.get("status"))) {
            return kept;
        }
        return status == null ? Trees.without(kept, "status") : Trees.with(kept, status, "status");
    }

    static void refuseOtherVersion(Map<String, Object> before, Map<String, Object> after) {
        String stored = Tree.text(before, "metadata", "resourceVersion").orElse("");
        String meant = Tree.text(after, "metadata", "resourceVersion").orElse(stored);
        if (!meant.equals(stored)) {
            throw new ApiRefusal(
                    Reason.CONFLICT,
                    "Operation cannot be fulfilled on " + ObjectKey.of(before)
                            + ": the object has been modified; please apply your changes to the latest version");
        }
    }

    static Map<String, Object> generationCounted(Map<String, Object> before, Map<String, Object> after) {
        boolean sameSpec = Objects.equals(before.get("spec"), after.get("spec"))
                && Objects.equals(before.get("webhooks"), after.get("webhooks"));
        if (sameSpec || !Kinds.countsGeneration(ObjectKey.of(before).kind())) {
            return after;
        }
        return Trees.with(after, Tree.number(before, 0, "metadata", "generation") + 1, "metadata", "generation");
    }

    /** Time as the API writes it, in whole seconds. */
    static String second(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static Map<String, Object> restored(Map<String, Object> tree, Map<String, Object> metadata, String field) {
        Object was = metadata.get(field);
        if (Objects.equals(was, Tree.map(tree, "metadata").get(field))) {
            return tree;
        }
        return was == null ? Trees.without(tree, "metadata", field) : Trees.with(tree, was, "metadata", field);
    }
}
