package io.cnishift.cilium;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The values of one phase and why the phase must own each of their keys. The document is complete: a release upgraded with
 * it needs nothing of an earlier phase, so Helm is never asked to reuse values.
 *
 * @param values the chart values
 * @param reasons for each leaf of {@code values}, by dotted path, one clause that completes "owned because"
 */
public record PhaseValues(Values values, SortedMap<String, String> reasons) {

    /** @throws IllegalArgumentException when a leaf has no reason, or a reason has no leaf */
    public PhaseValues {
        reasons = Collections.unmodifiableSortedMap(new TreeMap<>(reasons));
        if (!reasons.keySet().equals(values.leaves().keySet())) {
            throw new IllegalArgumentException(
                    "keys and reasons differ: " + values.leaves().keySet() + " and " + reasons.keySet());
        }
    }

    /** Nothing owned yet. */
    static PhaseValues empty() {
        return new PhaseValues(Values.empty(), new TreeMap<>());
    }

    /** The same with one more key, or with another value and reason for a key that is here. */
    PhaseValues own(String key, Object value, String because) {
        SortedMap<String, String> more = new TreeMap<>(reasons);
        more.put(key, because);
        return new PhaseValues(values.with(key, value), more);
    }

    /** The same with the keys of another phase laid over it. */
    PhaseValues and(PhaseValues over) {
        SortedMap<String, String> more = new TreeMap<>(reasons);
        more.putAll(over.reasons);
        return new PhaseValues(values.merge(over.values), more);
    }

    /** The document to install: the user's values with this phase's laid over them. */
    public Values over(Values user) {
        return user.merge(values);
    }

    /** Where the user's values say something else than this phase must; see {@link OwnedKeys}. */
    public List<ValueProblem> conflicts(Values user) {
        return OwnedKeys.conflicts(this, user);
    }

    /** The ConfigMap data that the chart makes of this phase over the user's values. */
    public Map<String, String> configMap(CiliumVersion version, Values user) {
        return CiliumConfigMap.render(version, over(user));
    }
}
