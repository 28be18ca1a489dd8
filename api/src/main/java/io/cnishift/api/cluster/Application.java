package io.cnishift.api.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An Application of Argo CD, or an ApplicationSet, which makes Applications.
 *
 * @param objectKind {@code Application} or {@code ApplicationSet}
 * @param syncPolicy {@code spec.syncPolicy} as it stands; empty for none
 * @param owner who makes it: an ApplicationSet (an operator), or the Application whose source it is in
 * @param leaves names of the Applications that it makes and whose sync policy it leaves to others, {@link #ALL} for all of them
 * @param skipped whether Argo CD is told not to reconcile it at all, so that its status tells nothing
 * @param underWay whether an operation, a sync most often, is asked for or runs
 * @param outOfSync the objects that are not as its source says, as {@code Kind/namespace/name}
 * @param comparedAt when Argo CD last compared it with its source
 */
public record Application(
        String objectKind,
        String namespace,
        String name,
        Map<String, Object> syncPolicy,
        Owner owner,
        List<String> leaves,
        boolean skipped,
        boolean underWay,
        List<String> outOfSync,
        Optional<Instant> comparedAt)
        implements Resource {

    /** In {@link #leaves}: every one. */
    public static final String ALL = "*";

    /** What makes Applications from a template. */
    public static final String SET = "ApplicationSet";

    private static final String AUTOMATED = "automated";

    public Application {
        Objects.requireNonNull(objectKind);
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(name);
        syncPolicy = Tree.copy(syncPolicy);
        Objects.requireNonNull(owner);
        leaves = List.copyOf(leaves);
        outOfSync = List.copyOf(outOfSync);
        Objects.requireNonNull(comparedAt);
    }

    /** Whether Argo CD syncs it by itself. */
    public boolean syncs() {
        boolean off =
                Boolean.FALSE.equals(Tree.at(syncPolicy, AUTOMATED, "enabled").orElse(true));
        return syncPolicy.containsKey(AUTOMATED) && !off && !skipped;
    }

    /** Whether Argo CD takes changes of others back by itself. */
    public boolean heals() {
        return syncs() && Tree.flag(syncPolicy, AUTOMATED, "selfHeal");
    }

    /** Whether the sync policy of an Application that this one makes may be another than it says. */
    public boolean leaves(Application made) {
        return leaves.contains(ALL) || leaves.contains(made.name());
    }

    /** Whether marks on objects mean this one by that name; in namespaces beside Argo CD's own, both are in it. */
    public boolean named(String mark) {
        return objectKind.equals("Application") && (mark.equals(name) || mark.equals(namespace + "_" + name));
    }

    @Override
    public Part part() {
        return Part.APPLICATIONS;
    }

    @Override
    public String key() {
        return objectKind + "/" + namespace + "/" + name;
    }
}
