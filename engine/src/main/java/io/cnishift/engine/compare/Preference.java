package io.cnishift.engine.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What somebody cares for most, as the criteria that then come before all others. */
@SuppressWarnings("ImmutableEnumChecker") // a list that List.of made
public enum Preference {
    /**
     * What workloads notice counts before what the strategy gives and takes. Before all counts whether they change clusters: whoever
     * knows the first one by its endpoint, its issuer or its load balancers notices, however gently the pods move.
     */
    LEAST_DISRUPTION(
            Criterion.CLUSTER_CHANGED,
            Criterion.SERVICES_DOWN,
            Criterion.REQUESTS_LOST,
            Criterion.PODS_MOVED_AGAIN,
            Criterion.PODS_MOVED,
            Criterion.NODES_REPLACED),
    /** Of what is short there is more afterwards: free addresses, then pods that fit, or the other way round. */
    MOST_RELIEF(Criterion.ADDRESSES_FREE, Criterion.PODS_FIT),
    /** Pods that have an address of the VPC afterwards. */
    KEEP_VPC_IPS(Criterion.PODS_LEAVE_VPC),
    /** Pods that network policies hold for afterwards. */
    NETWORK_POLICY(Criterion.PODS_WITHOUT_POLICY);

    private final List<Criterion> first;

    Preference(Criterion... first) {
        this.first = List.of(first);
    }

    /** The preference of that name. */
    public static Optional<Preference> of(String name) {
        return Arrays.stream(values()).filter(p -> p.toString().equals(name)).findFirst();
    }

    /** All names, for a reader. */
    public static String names() {
        return Arrays.stream(values()).map(Preference::toString).collect(Collectors.joining(", "));
    }

    /** The criteria in the order in which they count, each once: those of the preferences as given, then the usual ones. */
    static List<Criterion> criteria(List<Preference> preferences, Shortage shortage) {
        return Stream.concat(preferences.stream().flatMap(p -> p.first(shortage).stream()), Criterion.USUAL.stream())
                .distinct()
                .toList();
    }

    /** The criterion that it is about. */
    Criterion main(Shortage shortage) {
        return first(shortage).stream()
                .filter(c -> c != Criterion.CLUSTER_CHANGED)
                .findFirst()
                .orElseThrow();
    }

    /** Where kubelets admit no more pods, addresses that are free help nobody. */
    private List<Criterion> first(Shortage shortage) {
        return this == MOST_RELIEF && shortage == Shortage.POD_SLOTS
                ? List.of(Criterion.PODS_FIT, Criterion.ADDRESSES_FREE)
                : first;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
