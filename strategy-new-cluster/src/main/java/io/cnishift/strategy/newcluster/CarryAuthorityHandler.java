package io.cnishift.strategy.newcluster;

import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StepKind.StepOutcome;
import io.cnishift.api.act.CarryObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.View;
import io.cnishift.api.port.Progress;
import io.cnishift.cilium.MeshMember;
import io.cnishift.cilium.Migration;
import java.util.List;
import java.util.Set;

/** Copies the Secret; what is in it goes from one API server to the other. */
final class CarryAuthorityHandler implements StepHandler<CarryAuthority> {

    private static final ObjectRef SECRET = ObjectRef.of("v1", "Secret", Migration.NAMESPACE, MeshMember.AUTHORITY);

    @Override
    public StepOutcome next(View view, CarryAuthority params, Progress progress) {
        return Outcomes.withSecond(
                view,
                second -> new Inventory(second).has(SECRET)
                        ? Outcomes.done("the second cluster has the authority of the first one")
                        : Outcomes.perform(
                                "copying the authority of the mesh", List.of(CarryObject.of(SECRET)), progress));
    }

    @Override
    public StepOutcome back(View view, CarryAuthority params, Progress progress) {
        return Outcomes.done(SecondDraft.GOES_WITH_IT);
    }

    @Override
    public Set<Part> reads() {
        return Set.of(Part.OBJECTS);
    }
}
