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
import io.cnishift.api.plan.PublishesCharts;
import io.cnishift.api.plan.SecondCluster;
import io.cnishift.api.plan.Supplied;
import io.cnishift.api.plan.Supplies;
import io.cnishift.api.plan.Target;
import io.cnishift.api.step.StepKinds;
import io.cnishift.cilium.ChartImage;
import io.cnishift.cilium.CiliumSupplies;
import io.cnishift.cilium.HubbleLevel;
import io.cnishift.cilium.Migration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Blue and green: a second cluster, made or taken, and traffic moved by weight. */
public final class NewClusterStrategy implements MigrationStrategy, SecondCluster, PublishesCharts, Supplied {

    private static final String ID = "new-cluster";

    @Override
    public StrategyDescriptor descriptor() {
        return new StrategyDescriptor(
                ID,
                "New cluster, blue and green",
                "Makes a second cluster or takes one, copies the workloads there and moves traffic by weight; the first one is deleted only where that is asked for.",
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
        return AgreedStops.named(drafted(request));
    }

    private static PlanResult drafted(Request request) {
        NewClusterOptions options = request.options(NewClusterOptions.class);
        List<Finding> findings = NewClusterAssessment.of(request).findings();
        PlanDraft draft = new PlanDraft(ID, options, findings, List.of());
        Optional<View> second = request.view().second();
        if (second.isPresent()) {
            return draft.result(
                    request, () -> new NewClusterPlan(request.view(), second.get(), List.of(), options).phases());
        }
        SecondDraft made = SecondDraft.of(request);
        return draft.result(
                request,
                Optional.of(Target.madeBeside(request.snapshot(), made.name())),
                List.of(TrustByHand.PHASE),
                () -> new NewClusterPlan(request.view(), made.foreseen(), made.phases(), options).phases());
    }

    @Override
    public List<String> charts() {
        return List.of(Migration.PUBLISHED_CHART, BalancerController.CHART);
    }

    @Override
    public Supplies supplies(Record options, Map<String, Object> values, Optional<String> registry) {
        NewClusterOptions choices = (NewClusterOptions) options;
        List<Supplies.Chart> charts = new ArrayList<>();
        List<Supplies.Image> images = new ArrayList<>();
        Map<String, Object> copies = Map.of();
        if (choices.to().isEmpty() && choices.network().cilium()) {
            Supplies network = new CiliumSupplies(
                            choices.ciliumVersion(),
                            choices.network() == NewClusterOptions.Network.ENI
                                    ? ChartImage.Part.OPERATOR_AWS
                                    : ChartImage.Part.OPERATOR_GENERIC,
                            HubbleLevel.AGENT,
                            choices.chart(),
                            choices.mesh() ? List.of(ChartImage.Part.MESH) : List.of())
                    .supplies(values, registry);
            charts.addAll(network.charts());
            images.addAll(network.images());
            copies = network.values();
        }
        if (choices.mesh()) {
            Supplies joined = CiliumSupplies.ofMesh(choices.chart(), values, registry);
            charts.addAll(joined.charts());
            images.addAll(joined.images());
        }
        if (choices.to().isEmpty()) {
            charts.add(BalancerController.supplied(choices.controllerChart(), registry));
        }
        return new Supplies(charts, images, copies);
    }

    @Override
    public List<StepKind<?>> stepKinds() {
        return List.of(
                kind(MakeCluster.class, new MakeClusterHandler()),
                kind(TrustIssuer.class, new TrustIssuerHandler()),
                kind(TrustByHand.class, new TrustByHandHandler()),
                kind(MakeAccess.class, new MakeAccessHandler()),
                kind(CarryAuthority.class, new CarryAuthorityHandler()),
                kind(OpenNodes.class, new OpenNodesHandler()),
                kind(JoinMesh.class, new JoinMeshHandler()),
                kind(ProveMesh.class, new ProveMeshHandler()),
                kind(AdmitPeers.class, new AdmitPeersHandler()),
                kind(DropPeers.class, new Undoes<>(new AdmitPeersHandler(), DropPeers::admitted)),
                kind(LeaveMesh.class, new Undoes<>(new JoinMeshHandler(), LeaveMesh::mesh)),
                kind(CloseNodes.class, new Undoes<>(new OpenNodesHandler(), CloseNodes::opened)),
                kind(MakeIdentities.class, new MakeIdentitiesHandler()),
                kind(MakeGroup.class, new MakeGroupHandler()),
                kind(MakeAddons.class, new MakeAddonsHandler()),
                kind(CheckSecond.class, new CheckSecondHandler()),
                kind(CarryObjects.class, new CarryObjectsHandler()),
                kind(KeepVolumes.class, new KeepVolumesHandler()),
                kind(CarryVolumes.class, new CarryVolumesHandler()),
                kind(MoveState.class, new MoveStateHandler()),
                kind(AwaitWorkloads.class, new AwaitWorkloadsHandler()),
                kind(ProveSecond.class, new ProveSecondHandler()),
                kind(MakeTargets.class, new MakeTargetsHandler()),
                kind(ShiftTargets.class, new ShiftTargetsHandler()),
                kind(UnbindTargets.class, new UnbindTargetsHandler()),
                kind(DeleteTargets.class, new DeleteTargetsHandler()),
                kind(ShiftNames.class, new ShiftNamesHandler()),
                kind(HandOverJobs.class, new HandOverJobsHandler()),
                kind(KeepBoth.class, new KeepBothHandler()),
                kind(ScaleToNone.class, new ScaleToNoneHandler()),
                kind(EmptyGroups.class, new EmptyGroupsHandler()),
                kind(CheckVolumes.class, new CheckVolumesHandler()),
                kind(DropNames.class, new DropNamesHandler()),
                kind(DeleteBalancers.class, new DeleteBalancersHandler()),
                kind(CheckFirst.class, new CheckFirstHandler()),
                kind(DeleteProfiles.class, new DeleteProfilesHandler()),
                kind(DeleteFirst.class, new DeleteFirstHandler()));
    }

    private static <P extends Record> StepKind<P> kind(Class<P> params, StepHandler<P> handler) {
        return new StepKind<>(StepKinds.id(params), 1, params, handler);
    }
}
