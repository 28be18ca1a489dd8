package io.cnishift.engine.ledger;

import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Consent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Services whose time below their minimum the user has accepted: those that a consent names, and those of a workload that
 * one names, as {@code Kind namespace/name}, {@code Kind/namespace/name} or {@code namespace/name}. A consent without a
 * subject names none: it must not hide what nobody thought of.
 */
final class Consented {

    private Consented() {}

    static Predicate<String> services(List<Consent> consents, View view) {
        Set<String> named = new HashSet<>();
        consents.forEach(consent -> consent.subject().ifPresent(s -> named.add(s.replace(' ', '/'))));
        Set<String> services = new HashSet<>();
        view.services().stream()
                .filter(s -> named.contains(s.key())
                        || named.contains("Service/" + s.key())
                        || view.podsOf(s).stream().anyMatch(pod -> names(named, pod)))
                .forEach(s -> services.add(s.key()));
        return services::contains;
    }

    private static boolean names(Set<String> named, Pod pod) {
        return named.contains("Pod/" + pod.key())
                || pod.workload().filter(named::contains).isPresent();
    }
}
