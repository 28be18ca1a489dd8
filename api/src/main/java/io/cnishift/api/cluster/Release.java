package io.cnishift.api.cluster;

import java.util.Map;
import java.util.Objects;

/**
 * A Helm release.
 *
 * @param chart chart name without version
 * @param status Helm's word: deployed, failed, pending-upgrade, ...
 * @param values the user-supplied values
 */
public record Release(
        String namespace,
        String name,
        String chart,
        String chartVersion,
        String status,
        int revision,
        Map<String, Object> values)
        implements Resource {

    /** What values have in the place of a secret, which is read nowhere. */
    public static final String HIDDEN = "(hidden)";

    public Release {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(name);
        values = Tree.copy(values);
    }

    /**
     * Who has Helm make it. Helm itself keeps no word of that; it is seen by the workload that has the name of the release, or that
     * of release and chart, as charts name them.
     */
    public Owner owner(View view) {
        return view.workloads().stream()
                .filter(w -> w.namespace().equals(namespace))
                .filter(w -> w.name().equals(name) || w.name().equals(name + "-" + chart))
                .map(Workload::owner)
                .filter(o -> o.insists() || o.inCode())
                .findFirst()
                .orElse(Owner.NONE);
    }

    @Override
    public Part part() {
        return Part.RELEASES;
    }

    @Override
    public String key() {
        return namespace + "/" + name;
    }
}
