package io.cnishift.adapters.helm;

import io.cnishift.adapters.helm.ReleaseHistory.Revision;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.api.port.KubernetesPort;
import io.cnishift.api.port.TimeSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Brings a release into order whose Helm died in the middle: Helm itself refuses all further work on a release that is pending.
 *
 * <p>The revision is written down as failed, which is what Helm does when it is asked to end in time. The next upgrade then begins
 * at the last revision that was deployed or, when there never was one, at the failed one, and brings all objects to what the
 * act wants; the act's values are complete, so it does not matter how far the dead one came. A {@code helm uninstall} after a
 * first install, the other cure that is commonly advised, would take the agents that are there already away from under their
 * pods; {@code helm rollback} is not in the embedded Helm, and would bring every agent through values that nobody asked for.
 *
 * <p>A release that is pending for less than a minute may have somebody at work on it and is left alone: an act of cnishift ends
 * within half of that.
 */
final class Repair {

    private static final Duration AT_WORK = Duration.ofMinutes(1);

    private final KubernetesPort kubernetes;
    private final TimeSource time;

    Repair(KubernetesPort kubernetes, TimeSource time) {
        this.kubernetes = kubernetes;
        this.time = time;
    }

    /** Makes a release fit for the next act; why not, when that cannot be now. */
    Optional<ActResult> settle(Revision newest) {
        if (!newest.pending()) {
            return Optional.empty();
        }
        String subject = "release " + newest.release().key() + " is " + newest.status();
        if (time.now().isBefore(newest.since().plus(AT_WORK))) {
            return Optional.of(new ActResult.Refused(
                    Reason.BUSY, subject + " since " + newest.since() + "; another helm may be at work on it"));
        }
        return kubernetes
                .perform(failed(newest))
                .fold(
                        done -> Optional.empty(),
                        refused -> Optional.of(new ActResult.Refused(
                                refused.reason(),
                                subject + " and could not be written down as failed: " + refused.message())));
    }

    private static PatchObject failed(Revision revision) {
        Map<String, Object> info = new LinkedHashMap<>(Tree.map(revision.document(), "info"));
        info.put("status", "failed");
        info.put("description", "helm ended before this was done; written down by cnishift");
        Map<String, Object> document = new LinkedHashMap<>(revision.document());
        document.put("info", info);
        return new PatchObject(
                ObjectRef.of("v1", "Secret", revision.release().namespace(), revision.secret()),
                PatchType.MERGE,
                Map.of(
                        "metadata",
                        Map.of("labels", Map.of("status", "failed")),
                        "data",
                        Map.of("release", ReleaseDocument.text(document))),
                Optional.of(revision.resourceVersion()).filter(version -> !version.isEmpty()));
    }
}
