package io.cnishift.simulator.aws;

import io.cnishift.simulator.Kernel;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The clusters that user data of launch template versions names, where it is not that of the first cluster. Shared by two worlds. */
final class TemplateJoins {

    private final Map<String, String> clusters = new HashMap<>();

    static TemplateJoins of(Kernel kernel) {
        return kernel.shared(TemplateJoins.class, k -> new TemplateJoins());
    }

    static void share(Kernel first, Kernel second) {
        second.shared(TemplateJoins.class, k -> of(first));
    }

    void note(String template, long version, String cluster) {
        clusters.put(template + ":" + version, cluster);
    }

    Optional<String> of(String template, long version) {
        return Optional.ofNullable(clusters.get(template + ":" + version));
    }
}
