package io.cnishift.api.cluster;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An EKS add-on.
 *
 * @param configuration the configurationValues document, parsed
 * @param issues health issue codes with message
 */
public record Addon(
        String name,
        String version,
        String status,
        Map<String, Object> configuration,
        Optional<String> serviceAccountRole,
        boolean podIdentity,
        List<String> issues,
        Map<String, String> tags)
        implements Resource {

    public Addon {
        Objects.requireNonNull(name);
        configuration = Tree.copy(configuration);
        issues = List.copyOf(issues);
        tags = Map.copyOf(tags);
    }

    @Override
    public Part part() {
        return Part.ADDONS;
    }

    @Override
    public String key() {
        return name;
    }
}
