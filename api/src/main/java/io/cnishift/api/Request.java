package io.cnishift.api;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Consent;
import io.cnishift.api.plan.Constraint;
import io.cnishift.api.plan.Goal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a strategy is asked about: one cluster, what the user wants, forbids and has consented to. Immutable. */
public interface Request {

    ClusterSnapshot snapshot();

    /** The same cluster, indexed. */
    View view();

    /** A second cluster, where the options name one; the view has it too. */
    Optional<ClusterSnapshot> second();

    Optional<Goal> goal();

    Set<Constraint> constraints();

    /** The options, decoded and range-checked by the host; {@code type} is the descriptor's record. */
    <O extends Record> O options(Class<O> type);

    /** Chart values of the user, to be merged under each phase's own; empty when none. */
    Map<String, Object> values();

    List<Consent> consents();
}
