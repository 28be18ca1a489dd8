package io.cnishift.simulator;

import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult.Reason;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** How an object goes: at once, after its finalizers, or after a pod's grace period. */
final class Deletion {
    private static final long POD_GRACE_SECONDS = 30;

    private Deletion() {}

    static void refuseOtherUid(Map<String, Object> object, Optional<String> uid) {
        String has = Tree.text(object, "metadata", "uid").orElse("");
        if (uid.isPresent() && !uid.get().equals(has)) {
            throw new ApiRefusal(
                    Reason.CONFLICT,
                    "Precondition failed: UID in precondition: " + uid.get() + ", UID in object meta: " + has);
        }
    }

    /** Seconds until it may go, or empty when it goes at once. */
    static OptionalLong grace(Map<String, Object> object, OptionalLong asked) {
        boolean held = !Tree.list(object, "metadata", "finalizers").isEmpty();
        if (ObjectKey.of(object).kind().equals("Namespace")) {
            return OptionalLong.of(0);
        }
        if (!ObjectKey.of(object).kind().equals("Pod")) {
            return held ? OptionalLong.of(0) : OptionalLong.empty();
        }
        String phase = Tree.text(object, "status", "phase").orElse("Pending");
        boolean nothingRuns =
                Tree.text(object, "spec", "nodeName").isEmpty() || phase.equals("Succeeded") || phase.equals("Failed");
        long grace = asked.orElse(Tree.number(object, POD_GRACE_SECONDS, "spec", "terminationGracePeriodSeconds"));
        if (nothingRuns || grace == 0) {
            return held ? OptionalLong.of(0) : OptionalLong.empty();
        }
        return OptionalLong.of(grace);
    }

    /** With the time at which it goes; a second deletion can only shorten it. */
    static Map<String, Object> marked(Map<String, Object> object, long grace, Instant now) {
        boolean begun = Tree.text(object, "metadata", "deletionTimestamp").isPresent();
        if (begun && Tree.number(object, 0, "metadata", "deletionGracePeriodSeconds") <= grace) {
            return object;
        }
        String until = Stamps.second(now.plusSeconds(grace));
        Map<String, Object> marked = Trees.with(object, until, "metadata", "deletionTimestamp");
        marked = Trees.with(marked, grace, "metadata", "deletionGracePeriodSeconds");
        return ObjectKey.of(object).kind().equals("Namespace")
                ? Trees.with(marked, "Terminating", "status", "phase")
                : marked;
    }

    /** Whether an object that is being deleted waits for nothing any more. */
    static boolean complete(Map<String, Object> object) {
        return Tree.text(object, "metadata", "deletionTimestamp").isPresent()
                && Tree.number(object, 0, "metadata", "deletionGracePeriodSeconds") == 0
                && Tree.list(object, "metadata", "finalizers").isEmpty()
                && !ObjectKey.of(object).kind().equals("Namespace");
    }
}
