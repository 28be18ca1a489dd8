package io.cnishift.simulator.aws;

import io.cnishift.api.act.CreateTemplateVersion;
import io.cnishift.api.cluster.TemplateVersion;
import io.cnishift.simulator.Kernel;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The clusters that user data of launch template versions made in the run names. Shared by two worlds. */
final class TemplateJoins {

    private static final String NONE = "";

    private final Map<String, String> clusters = new HashMap<>();

    static TemplateJoins of(Kernel kernel) {
        return kernel.shared(TemplateJoins.class, k -> new TemplateJoins());
    }

    static void share(Kernel first, Kernel second) {
        second.shared(TemplateJoins.class, k -> of(first));
    }

    /** A version that names an image whose user data says no cluster brings nodes up in none: EKS writes nothing beside an image. */
    void made(TemplateVersion source, long number, CreateTemplateVersion act) {
        boolean silent = source.imageId().isEmpty() && act.imageId().isPresent();
        act.joins()
                .or(() -> silent ? Optional.of(NONE) : of(source.template(), source.version()))
                .ifPresent(cluster -> clusters.put(act.template() + ":" + number, cluster));
    }

    /** The cluster that a version which names an image joins; empty where its user data is as somebody wrote it for its cluster. */
    Optional<String> of(String template, long version) {
        return Optional.ofNullable(clusters.get(template + ":" + version));
    }
}
