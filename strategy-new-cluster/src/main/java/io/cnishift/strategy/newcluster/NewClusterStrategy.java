package io.cnishift.strategy.newcluster;

import io.cnishift.api.Assessment;
import io.cnishift.api.Finding;
import io.cnishift.api.MigrationStrategy;
import io.cnishift.api.PlanResult;
import io.cnishift.api.Request;
import io.cnishift.api.StepKind;
import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.StrategyDescriptor;
import io.cnishift.api.cluster.View;
import io.cnishift.api.draft.PlanDraft;
import io.cnishift.api.plan.SecondCluster;
import io.cnishift.api.step.StepKinds;
import java.util.List;
import java.util.Optional;

/** Blue and green: a second cluster, traffic moved by weight. */
public final class NewClusterStrategy implements MigrationStrategy, SecondCluster {

    private static final String ID = "new-cluster";

    @Override
    public StrategyDescriptor descriptor() {
        return new StrategyDescriptor(
                ID,
                "New cluster, blue and green",
                "Copies the workloads to a second cluster and moves traffic there by weight; nothing is deleted.",
                StrategyDescriptor.API_VERSION,
                NewClusterOptions.class,
                Code.explained());
    }

    @Override
    public String secondOption() {
        return "to";
    }

    @Override
    public Assessment assess(Request request) {
        return NewClusterAssessment.of(request);
    }

    @Override
    public PlanResult plan(Request request) {
        NewClusterOptions options = request.options(NewClusterOptions.class);
        Optional<View> second = request.view().second();
        if (second.isEmpty()) {
            return new PlanResult.Refused(List.of(Code.NO_SECOND.of(
                    "option to",
                    "it names no second cluster",
                    "make one beside this, with nodes and add-ons, and give --set to=eks:NAME")));
        }
        List<Finding> findings = NewClusterAssessment.of(request).findings();
        return new PlanDraft(ID, options, findings, List.of())
                .result(request, () -> new NewClusterPlan(request.view(), second.get(), options).phases());
    }

    @Override
    public List<StepKind<?>> stepKinds() {
        return List.of(
                kind(CheckSecond.class, new CheckSecondHandler()),
                kind(CarryObjects.class, new CarryObjectsHandler()),
                kind(KeepVolumes.class, new KeepVolumesHandler()),
                kind(CarryVolumes.class, new CarryVolumesHandler()),
                kind(MoveState.class, new MoveStateHandler()),
                kind(AwaitWorkloads.class, new AwaitWorkloadsHandler()),
                kind(ProveSecond.class, new ProveSecondHandler()),
                kind(ShiftNames.class, new ShiftNamesHandler()),
                kind(HandOverJobs.class, new HandOverJobsHandler()),
                kind(KeepBoth.class, new KeepBothHandler()),
                kind(ScaleToNone.class, new ScaleToNoneHandler()),
                kind(EmptyGroups.class, new EmptyGroupsHandler()));
    }

    private static <P extends Record> StepKind<P> kind(Class<P> params, StepHandler<P> handler) {
        return new StepKind<>(StepKinds.id(params), 1, params, handler);
    }
}
