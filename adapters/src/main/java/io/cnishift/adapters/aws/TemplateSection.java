package io.cnishift.adapters.aws;

import io.cnishift.adapters.reading.Collected;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.TemplateVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;

/** Reads launch templates, each version once. User data is understood and dropped on the spot. */
final class TemplateSection {

    private final Ec2Api ec2;
    private final Collected out;
    private final Map<String, Optional<Template>> known = new HashMap<>();
    private final Map<String, TemplateVersion> own = new LinkedHashMap<>();

    TemplateSection(AwsRead read) {
        this.ec2 = read.apis().ec2();
        this.out = read.out();
    }

    /**
     * The version in force of a template that people own, and as resources that one and all later ones.
     *
     * @param version a number, {@code $Default} or {@code $Latest}
     */
    Optional<Template> own(String id, String version) {
        Optional<Template> inForce = inForce(id, version);
        inForce.ifPresent(template -> {
            if (!own.containsKey(key(template.id(), template.version()))) {
                keep(template);
                out.list(Part.LAUNCH_TEMPLATES, id, () -> ec2.templateVersionsFrom(id, template.version())).stream()
                        .filter(later -> later.versionNumber() > template.version())
                        .map(this::understood)
                        .forEach(this::keep);
            }
        });
        return inForce;
    }

    /** The version in force of any template. */
    Optional<Template> inForce(String id, String version) {
        return known.computeIfAbsent(
                id + ":" + version,
                key -> out.attempt(Part.LAUNCH_TEMPLATES, id + ":" + version, () -> ec2.templateVersion(id, version))
                        .flatMap(
                                found -> found.stream().max(Comparator.comparing(LaunchTemplateVersion::versionNumber)))
                        .map(this::understood));
    }

    /** The versions of own templates that were met. */
    List<TemplateVersion> records() {
        return new ArrayList<>(own.values());
    }

    private void keep(Template template) {
        own.put(key(template.id(), template.version()), template.record());
    }

    private Template understood(LaunchTemplateVersion version) {
        UserData userData = UserData.NONE;
        try {
            userData = UserDataReader.read(version.launchTemplateData().userData());
        } catch (IllegalArgumentException e) {
            out.gap(
                    Part.LAUNCH_TEMPLATES,
                    key(version.launchTemplateId(), version.versionNumber()),
                    "its user data is not understood: " + e.getMessage(),
                    "look whether it sets max-pods, labels or taints");
        }
        return Template.of(version, userData);
    }

    private static String key(String id, long version) {
        return id + ":" + version;
    }
}
