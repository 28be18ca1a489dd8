package io.cnishift.adapters.aws;

import io.cnishift.api.cluster.Taint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What the parts of one user data have said so far. */
final class UserDataFacts {

    private boolean setsMaxPods;
    private OptionalInt maxPods = OptionalInt.empty();
    private Optional<String> cluster = Optional.empty();
    private final Map<String, String> labels = new LinkedHashMap<>();
    private final Map<String, Taint> taints = new LinkedHashMap<>();

    void maxPods(int number) {
        setsMaxPods = true;
        maxPods = OptionalInt.of(number);
    }

    /** Max-pods is set, to what is known on the node only. A number that was written before it stays. */
    void computesMaxPods() {
        setsMaxPods = true;
    }

    boolean setsMaxPods() {
        return setsMaxPods;
    }

    void cluster(String name) {
        cluster = Optional.of(name);
    }

    void label(String key, String value) {
        labels.put(key, value);
    }

    void taint(Taint taint) {
        taints.put(taint.key() + ":" + taint.effect(), taint);
    }

    UserData result() {
        return new UserData(setsMaxPods, maxPods, labels, List.copyOf(taints.values()), cluster);
    }
}
