package io.cnishift.engine.step;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.AuthorizeIngress;
import io.cnishift.api.act.RevokeIngress;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.SecurityGroup;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Count;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.plan.Fact;
import io.cnishift.api.port.Progress;
import io.cnishift.api.step.AllowIngress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Adds the rules that are missing; the way back takes only those away that were missing. */
final class AllowIngressHandler implements StepHandler<AllowIngress> {

    @Override
    public StepOutcome next(View view, AllowIngress params, Progress progress) {
        Optional<SecurityGroup> group = group(view, params);
        if (group.isEmpty()) {
            return new StepOutcome.Failed("there is no security group " + params.securityGroup(), Disposition.ASK);
        }
        List<SecurityGroup.Rule> missing = params.rules().stream()
                .filter(r -> group.get().ingress().stream().noneMatch(has -> includes(has, r)))
                .toList();
        return missing.isEmpty()
                ? Outcomes.done(Count.of(params.rules().size(), "rule") + " in " + params.securityGroup())
                : new Attempts(progress)
                        .perform(
                                "adding " + Count.of(missing.size(), "rule") + " to " + params.securityGroup(),
                                new AuthorizeIngress(params.securityGroup(), missing, CreationTags.of(progress)));
    }

    @Override
    public StepOutcome back(View view, AllowIngress params, Progress progress) {
        List<SecurityGroup.Rule> ours = progress.all(AuthorizeIngress.class).stream()
                .filter(e -> Attempts.mayHaveHappened(e.result()))
                .flatMap(e -> ((AuthorizeIngress) e.act()).rules().stream())
                .distinct()
                .toList();
        List<SecurityGroup.Rule> there = group(view, params).stream()
                .flatMap(g -> ours.stream().filter(r -> g.ingress().stream().anyMatch(has -> equal(has, r))))
                .toList();
        return there.isEmpty()
                ? Outcomes.done("no rule of ours is left in " + params.securityGroup())
                : new Attempts(progress)
                        .perform(
                                "removing " + Count.of(there.size(), "rule") + " from " + params.securityGroup(),
                                new RevokeIngress(params.securityGroup(), there));
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.SECURITY_GROUPS);
    }

    @Override
    public List<Fact> facts(View view, AllowIngress params) {
        return List.of(Fact.equal("security-groups/" + params.securityGroup(), "id", params.securityGroup()));
    }

    private static Optional<SecurityGroup> group(View view, AllowIngress params) {
        return view.get(Part.SECURITY_GROUPS, SecurityGroup.class, params.securityGroup());
    }

    /** Whether the first rule lets everything through that the second does. */
    private static boolean includes(SecurityGroup.Rule has, SecurityGroup.Rule wanted) {
        boolean everything = has.protocol().equals("-1");
        boolean ports = has.protocol().equals(wanted.protocol())
                && (has.fromPort() == -1 || (has.fromPort() <= wanted.fromPort() && wanted.toPort() <= has.toPort()));
        return has.peer().equals(wanted.peer()) && (everything || ports);
    }

    private static boolean equal(SecurityGroup.Rule one, SecurityGroup.Rule other) {
        return one.protocol().equals(other.protocol())
                && one.fromPort() == other.fromPort()
                && one.toPort() == other.toPort()
                && one.peer().equals(other.peer());
    }
}
