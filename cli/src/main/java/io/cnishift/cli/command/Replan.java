package io.cnishift.cli.command;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.cluster.Cluster;
import io.cnishift.api.plan.Consent;
import io.cnishift.api.port.MigrationException;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.plan.Intent;
import io.cnishift.engine.plan.PlanDifference;
import io.cnishift.engine.plan.Wishes;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Making a plan again as an earlier one was made, on the cluster as it is now. */
final class Replan {

    private final MigrationPlan before;

    Replan(MigrationPlan before) {
        this.before = Objects.requireNonNull(before);
    }

    String strategy() {
        return before.strategy();
    }

    /** The same cluster with the options, consents and holds of the earlier plan. */
    Asked.Question as(Asked.Question asked) {
        Cluster cluster = asked.snapshot().cluster();
        boolean same = cluster.arn().equals(before.cluster().arn())
                && cluster.kubeSystemUid().equals(before.cluster().kubeSystemUid());
        if (!same) {
            throw MigrationException.user(
                    "CLI-WRONG-TARGET",
                    "the plan was made for " + before.cluster().name() + ", "
                            + before.cluster().arn()
                            + ", which is another cluster than " + cluster.arn() + " with UID "
                            + cluster.kubeSystemUid(),
                    "give --cluster of the plan, or make a new plan without --replan");
        }
        Wishes wishes = asked.wishes();
        Map<String, Map<String, Object>> options = new LinkedHashMap<>(wishes.options());
        options.put(before.strategy(), before.options());
        Set<Consent> accepted = new LinkedHashSet<>(wishes.intent().accepted());
        accepted.addAll(before.accepted());
        Intent intent = new Intent(wishes.intent().goal(), wishes.intent().constraints(), List.copyOf(accepted));
        return new Asked.Question(
                asked.snapshot(),
                new Wishes(intent, options, wishes.values(), before.holds(), false),
                asked.settings(),
                asked.note());
    }

    /** Says what is other now. */
    void tell(MigrationPlan now, Codec codec, Steady steady) {
        List<String> lines = PlanDifference.lines(before, now, codec);
        steady.say(lines.isEmpty() ? "the plan is as it was" : "what is other than in the earlier plan:");
        lines.forEach(line -> steady.say("  " + line));
    }
}
