package io.cnishift.adapters.helm;

import io.cnishift.adapters.helm.ReleaseHistory.Revision;
import io.cnishift.adapters.reading.PartReader;
import io.cnishift.adapters.resilience.CallFailure;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.UninstallRelease;
import io.cnishift.api.act.UpgradeRelease;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Release;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.api.port.HelmPort;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.Reading;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Helm releases of a real cluster. They are read without Helm; acts are done by one, so that they are releases like any other,
 * which their owner's own Helm can upgrade later.
 *
 * <ol>
 *   <li>An act begins with what the cluster says of the release. A release that Helm left in the middle is brought into order
 *       ({@link Repair}), one that is there is upgraded, one that is not is installed. Helm's own "upgrade or install" is not
 *       used: it decides for itself, and in the embedded Helm at the wrong cluster.
 *   <li>Helm waits for nothing. Whether pods are ready is for the engine to see.
 *   <li>The values of an act are complete. Those that go back to what a journal recorded may have secrets left out; they are taken
 *       from the revision that has them.
 * </ol>
 */
public final class RealHelmPort implements HelmPort {

    private final PartReader reader;
    private final ReleaseHistory history;
    private final Repair repair;
    private final HelmAtCluster helm;

    RealHelmPort(PartReader reader, ReleaseHistory history, Repair repair, HelmAtCluster helm) {
        this.reader = Objects.requireNonNull(reader);
        this.history = Objects.requireNonNull(history);
        this.repair = Objects.requireNonNull(repair);
        this.helm = Objects.requireNonNull(helm);
    }

    @Override
    public Reading read(Set<Part> parts) {
        return reader.read(parts);
    }

    @Override
    public Set<Part> watch(Set<Part> parts, Consumer<Change> sink) {
        return Set.of();
    }

    @Override
    public Map<String, Object> before(Act act) {
        try {
            if (act instanceof UpgradeRelease up) {
                return before(up.namespace(), up.name());
            }
            return act instanceof UninstallRelease down ? before(down.namespace(), down.name()) : Map.of();
        } catch (CallFailure failure) {
            throw unread(act, failure);
        }
    }

    private Map<String, Object> before(String namespace, String name) {
        return history.newest(namespace, name)
                .map(Revision::release)
                .map(RealHelmPort::tree)
                .orElse(Map.of());
    }

    private static Map<String, Object> tree(Release r) {
        return Map.of(
                "namespace", r.namespace(),
                "name", r.name(),
                "chart", r.chart(),
                "chartVersion", r.chartVersion(),
                "status", r.status(),
                "revision", r.revision(),
                "values", r.values());
    }

    @Override
    public ActResult perform(Act act) {
        try {
            if (act instanceof UpgradeRelease up) {
                return upgrade(up);
            }
            if (act instanceof UninstallRelease down) {
                return uninstall(down);
            }
        } catch (HelmFailure failure) {
            return refused(act, failure);
        } catch (CallFailure failure) {
            throw unread(act, failure);
        } catch (MigrationException wrong) {
            if (wrong.category() != MigrationException.Category.USER) {
                throw wrong;
            }
            // No Helm, or another chart than the plan's: nothing was done.
            return new ActResult.Refused(Reason.INVALID, wrong.getMessage() + "; " + wrong.remedy());
        }
        return new ActResult.Refused(Reason.INVALID, "Helm does not do this: " + act.target());
    }

    private ActResult upgrade(UpgradeRelease act) {
        Optional<Revision> newest = history.newest(act.namespace(), act.name());
        Optional<ActResult> busy = newest.flatMap(repair::settle);
        if (busy.isPresent()) {
            return busy.get();
        }
        Optional<Map<String, Object>> values = values(act);
        if (values.isEmpty()) {
            return new ActResult.Refused(
                    Reason.INVALID,
                    act.target() + ": its earlier values hold secrets, which are not kept, and no revision has them any"
                            + " more; give them to helm by hand, then resume");
        }
        boolean gone = newest.filter(Revision::uninstalled).isPresent();
        if (gone) {
            // Helm installs under a used name only when the history of that name is gone, too.
            helm.uninstall(act.namespace(), act.name());
        }
        HelmCall.Verb verb = newest.isEmpty() || gone ? HelmCall.Verb.INSTALL : HelmCall.Verb.UPGRADE;
        helm.put(verb, act, values.get());
        return new ActResult.Performed(history.newest(act.namespace(), act.name())
                .map(r -> Map.<String, Object>of("revision", r.number()))
                .orElse(Map.of()));
    }

    /** The values of an act, with the secrets that a revision of the release still has. */
    private Optional<Map<String, Object>> values(UpgradeRelease act) {
        return !ReleaseDocument.hides(act.values())
                ? Optional.of(act.values())
                : history.all(act.namespace(), act.name()).stream()
                        .filter(r -> r.release().values().equals(act.values()))
                        .reduce((a, b) -> b)
                        .map(Revision::values);
    }

    private ActResult uninstall(UninstallRelease act) {
        helm.uninstall(act.namespace(), act.name());
        return new ActResult.Performed(Map.of());
    }

    private static ActResult refused(Act act, HelmFailure failure) {
        if (!failure.answered()) {
            throw new MigrationException(
                    "HELM-NO-ANSWER",
                    MigrationException.Category.ENVIRONMENT,
                    Disposition.RETRY,
                    act.target() + ": " + failure.line(),
                    "look at the release with helm history",
                    failure);
        }
        return new ActResult.Refused(HelmRefusals.reason(failure.line()), failure.line());
    }

    private static MigrationException unread(Act act, CallFailure failure) {
        return failure.ends(
                "HELM-UNREAD",
                act.target() + " cannot be read: " + failure.fault().reason());
    }
}
