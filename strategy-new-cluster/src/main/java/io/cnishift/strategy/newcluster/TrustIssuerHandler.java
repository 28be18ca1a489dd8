package io.cnishift.strategy.newcluster;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.ExtendTrust;
import io.cnishift.api.act.ReduceTrust;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Role;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.port.Progress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Adds what is missing to trust policies, once the issuer of the second cluster is known. On the way back the statements that were
 * added are taken out again, and nothing else: somebody may have changed the policy meanwhile.
 */
final class TrustIssuerHandler implements StepHandler<TrustIssuer> {

    @Override
    public StepOutcome next(View view, TrustIssuer params, Progress progress) {
        return Outcomes.withSecond(view, second -> {
            Optional<String> first = issuer(view);
            Optional<String> other = issuer(second);
            if (first.isEmpty() || other.isEmpty()) {
                return Outcomes.notYet(10, "the issuer of a cluster's tokens is not known yet");
            }
            List<Role> roles = params.roles().stream()
                    .flatMap(name -> view.get(Part.ROLES, Role.class, name).stream())
                    .toList();
            List<ExtendTrust> due = roles.stream()
                    .map(role -> new ExtendTrust(role.name(), TrustCopy.missing(role, first.get(), other.get())))
                    .filter(act -> !act.statements().isEmpty())
                    .toList();
            return due.isEmpty()
                    ? Outcomes.done(Count.of(roles.size(), "role trusts", "roles trust")
                            + " the issuer of the second cluster too")
                    : Outcomes.perform("letting roles trust the issuer of the second cluster", due, progress);
        });
    }

    private static Optional<String> issuer(View cluster) {
        return cluster.all(Part.CLUSTER, Cluster.class).stream()
                .findFirst()
                .flatMap(Cluster::oidcIssuer)
                .map(Role::issuer);
    }

    @Override
    public StepOutcome back(View view, TrustIssuer params, Progress progress) {
        Map<String, Set<Map<String, Object>>> ours = new LinkedHashMap<>();
        for (Progress.Entry entry : progress.all(ExtendTrust.class)) {
            ExtendTrust act = (ExtendTrust) entry.act();
            List<Map<String, Object>> was = Role.statements(Tree.map(entry.before(), "policy"));
            Role.without(act.statements(), was)
                    .forEach(s -> ours.computeIfAbsent(act.role(), r -> new LinkedHashSet<>())
                            .add(s));
        }
        List<ReduceTrust> due = ours.entrySet().stream()
                .map(e -> new ReduceTrust(e.getKey(), there(view, e.getKey(), e.getValue())))
                .filter(act -> !act.statements().isEmpty())
                .toList();
        return due.isEmpty()
                ? Outcomes.done("trust policies say what they said before")
                : Outcomes.perform("taking back that roles trust the second cluster's issuer", due, progress);
    }

    private static List<Map<String, Object>> there(View view, String role, Set<Map<String, Object>> added) {
        List<Map<String, Object>> statements = List.copyOf(added);
        List<Map<String, Object>> now =
                view.get(Part.ROLES, Role.class, role).map(Role::statements).orElse(List.of());
        return Role.without(statements, Role.without(statements, now));
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.CLUSTER, Part.ROLES);
    }
}
