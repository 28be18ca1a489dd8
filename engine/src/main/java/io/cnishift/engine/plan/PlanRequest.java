package io.cnishift.engine.plan;

import io.cnishift.api.Request;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Consent;
import io.cnishift.api.plan.Constraint;
import io.cnishift.api.plan.Goal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A request with its options decoded. */
record PlanRequest(ClusterSnapshot snapshot, Optional<ClusterSnapshot> second, View view, Wishes wishes, Record decoded)
        implements Request {

    static PlanRequest of(String strategy, ClusterSnapshot snapshot, Wishes wishes, Record decoded) {
        Optional<ClusterSnapshot> second = Optional.ofNullable(wishes.seconds().get(strategy));
        View view = second.map(s -> View.of(snapshot, s)).orElseGet(() -> View.of(snapshot));
        return new PlanRequest(snapshot, second, view, wishes, decoded);
    }

    @Override
    public Optional<Goal> goal() {
        return wishes.intent().goal();
    }

    @Override
    public Set<Constraint> constraints() {
        return Set.copyOf(wishes.intent().constraints());
    }

    @Override
    public <O extends Record> O options(Class<O> type) {
        return type.cast(decoded);
    }

    @Override
    public Map<String, Object> values() {
        return wishes.values();
    }

    @Override
    public List<Consent> consents() {
        return wishes.intent().accepted();
    }
}
