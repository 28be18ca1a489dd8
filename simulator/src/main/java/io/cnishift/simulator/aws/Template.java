package io.cnishift.simulator.aws;

import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.NodeGroup.LaunchTemplate;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Taint;
import io.cnishift.api.cluster.TemplateVersion;
import io.cnishift.api.cluster.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a group launches its instances with.
 *
 * @param labels that the user data registers
 * @param taints that the user data registers
 * @param maxPods that the user data sets
 */
record Template(
        OptionalLong version,
        Optional<String> imageId,
        OptionalInt maxPods,
        int hopLimit,
        Map<String, String> labels,
        List<Taint> taints,
        List<String> securityGroups) {

    /** Hop limit of an instance whose template does not set one: EC2's own default. */
    private static final int DEFAULT_HOP_LIMIT = 1;

    /** The template in force of a group; one that has none gets EC2's and EKS's defaults. */
    static Template of(View view, NodeGroup group) {
        Optional<LaunchTemplate> used = group.launchTemplate();
        Optional<TemplateVersion> version =
                used.flatMap(t -> view.get(Part.LAUNCH_TEMPLATES, TemplateVersion.class, t.id() + ":" + t.version()));
        Template template = version.map(Template::of)
                .or(() -> used.map(Template::of))
                .orElse(new Template(
                        OptionalLong.empty(),
                        Optional.empty(),
                        group.maxPods(),
                        DEFAULT_HOP_LIMIT,
                        Map.of(),
                        List.of(),
                        List.of()));
        List<String> securityGroups = template.securityGroups().isEmpty()
                ? List.of(view.cluster().clusterSecurityGroup())
                : template.securityGroups();
        return new Template(
                template.version(),
                template.imageId(),
                template.maxPods(),
                template.hopLimit(),
                template.labels(),
                template.taints(),
                securityGroups);
    }

    /** The same with more taints. */
    Template with(List<Taint> more) {
        List<Taint> all = new ArrayList<>(taints);
        all.addAll(more);
        return new Template(version, imageId, maxPods, hopLimit, labels, List.copyOf(all), securityGroups);
    }

    /** The same with that hop limit of the metadata service. */
    Template withHopLimit(int limit) {
        return new Template(version, imageId, maxPods, limit, labels, taints, securityGroups);
    }

    private static Template of(TemplateVersion version) {
        return new Template(
                OptionalLong.of(version.version()),
                version.imageId(),
                version.maxPods(),
                version.hopLimit(),
                version.labels(),
                version.taints(),
                version.securityGroups());
    }

    private static Template of(LaunchTemplate used) {
        return new Template(
                OptionalLong.of(used.version()),
                used.imageId(),
                OptionalInt.empty(),
                used.hopLimit(),
                Map.of(),
                List.of(),
                used.securityGroups());
    }
}
