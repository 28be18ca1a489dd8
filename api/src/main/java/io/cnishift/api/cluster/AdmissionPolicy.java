package io.cnishift.api.cluster;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A rule of a policy engine about pods. Only well-known patterns are understood: that pods may not use the network or the
 * ports of their host. Any other rule is here with nothing that it forbids, which says that it is there and no more. Exceptions
 * are known where they stand in the rule itself.
 *
 * @param name of the policy or constraint
 * @param rule its name in the policy; empty where a policy is one rule
 * @param forbids empty when the rule is not understood
 * @param match where it applies; empty for everywhere
 * @param exclude where it does not
 * @param enforced whether it refuses, and does not only report
 * @param message what it says when it refuses; empty when it has no text of its own
 */
public record AdmissionPolicy(
        Engine engine,
        String name,
        String rule,
        List<Forbidden> forbids,
        List<Scope> match,
        List<Scope> exclude,
        boolean enforced,
        String message)
        implements Resource {

    public AdmissionPolicy {
        Objects.requireNonNull(engine);
        Objects.requireNonNull(name);
        Objects.requireNonNull(rule);
        forbids = List.copyOf(forbids);
        match = List.copyOf(match);
        exclude = List.copyOf(exclude);
        Objects.requireNonNull(message);
    }

    @Override
    public Part part() {
        return Part.ADMISSION_POLICIES;
    }

    @Override
    public String key() {
        return engine + "/" + name + (rule.isEmpty() ? "" : "/" + rule);
    }

    /** Whether it is asked about an object of that namespace and name. */
    public boolean covers(String namespace, String object) {
        return (match.isEmpty() || match.stream().anyMatch(s -> s.holds(namespace, object)))
                && exclude.stream().noneMatch(s -> s.holds(namespace, object));
    }

    /**
     * Whether it is asked about the pod templates of workloads too. Kyverno makes such rules by itself, unless a rule names
     * objects, for pods have other names than their workloads.
     */
    public boolean asksAboutWorkloads() {
        return engine == Engine.KYVERNO
                && match.stream().allMatch(s -> s.names().isEmpty())
                && exclude.stream().allMatch(s -> s.names().isEmpty());
    }

    /** Who enforces it. */
    public enum Engine {
        GATEKEEPER,
        KYVERNO;

        /** Whether that is a webhook by which the engine refuses: its configuration is named after it. */
        public boolean calledBy(ControlPlaneCall call) {
            return call.kind() == ControlPlaneCall.Kind.VALIDATING
                    && call.name().startsWith(toString());
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What pods may not have. */
    public enum Forbidden {
        HOST_NETWORK,
        HOST_PORTS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Objects, by patterns in which {@code *} stands for any text and {@code ?} for one character.
     *
     * @param namespaces empty for all
     * @param names empty for all
     */
    public record Scope(List<String> namespaces, List<String> names) {

        public Scope {
            namespaces = List.copyOf(namespaces);
            names = List.copyOf(names);
        }

        boolean everything() {
            return namespaces.isEmpty() && names.isEmpty();
        }

        boolean holds(String namespace, String name) {
            return anyOf(namespaces, namespace) && anyOf(names, name);
        }

        private static boolean anyOf(List<String> patterns, String text) {
            return patterns.isEmpty() || patterns.stream().anyMatch(p -> like(p, text));
        }

        private static boolean like(String pattern, String text) {
            String expression = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
            return text.matches(expression);
        }
    }
}
