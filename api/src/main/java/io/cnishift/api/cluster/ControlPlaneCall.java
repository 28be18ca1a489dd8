package io.cnishift.api.cluster;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Something the control plane calls inside the cluster: an admission webhook, an aggregated API or a conversion webhook.
 *
 * @param name configuration/webhook, API service or CRD name
 * @param service namespace/name of the Service behind it
 * @param port of the Service
 * @param failClosed whether writes fail when it cannot be reached
 * @param available of an aggregated API: its Available condition
 */
public record ControlPlaneCall(
        Kind kind,
        String name,
        Optional<String> service,
        int port,
        Optional<String> url,
        boolean failClosed,
        int timeoutSeconds,
        List<Rule> rules,
        Map<String, Object> namespaceSelector,
        boolean available)
        implements Resource {

    public ControlPlaneCall {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(name);
        rules = List.copyOf(rules);
        namespaceSelector = Tree.copy(namespaceSelector);
    }

    @Override
    public Part part() {
        return Part.CONTROL_PLANE_CALLS;
    }

    @Override
    public String key() {
        return kind + "/" + name;
    }

    /** What kind of call. */
    public enum Kind {
        VALIDATING,
        MUTATING,
        CONVERSION,
        API_SERVICE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What it is called for: API groups, resources and operations, {@code *} for all. */
    public record Rule(List<String> groups, List<String> resources, List<String> operations) {
        public Rule {
            groups = List.copyOf(groups);
            resources = List.copyOf(resources);
            operations = List.copyOf(operations);
        }
    }
}
