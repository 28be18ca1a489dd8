package io.cnishift.engine.step;

import io.cnishift.api.Probe;
import io.cnishift.api.StepKind;
import io.cnishift.api.StepKind.StepHandler;
import io.cnishift.api.step.AddCidr;
import io.cnishift.api.step.AllowIngress;
import io.cnishift.api.step.ApplyManifest;
import io.cnishift.api.step.AwaitAddresses;
import io.cnishift.api.step.AwaitSources;
import io.cnishift.api.step.ChangeAddon;
import io.cnishift.api.step.DecoupleIngress;
import io.cnishift.api.step.FenceAwsNode;
import io.cnishift.api.step.InstallOnSecond;
import io.cnishift.api.step.InstallRelease;
import io.cnishift.api.step.LabelNodes;
import io.cnishift.api.step.MakeEniConfig;
import io.cnishift.api.step.MakeNodeGroup;
import io.cnishift.api.step.MakeSubnet;
import io.cnishift.api.step.MakeTemplateVersion;
import io.cnishift.api.step.ParkAutoscaling;
import io.cnishift.api.step.PauseApplications;
import io.cnishift.api.step.RemoveAddon;
import io.cnishift.api.step.RemoveManifest;
import io.cnishift.api.step.RemoveNodeGroup;
import io.cnishift.api.step.ReservePrefixes;
import io.cnishift.api.step.RestartWorkloads;
import io.cnishift.api.step.RestoreApplications;
import io.cnishift.api.step.RestoreAutoscaling;
import io.cnishift.api.step.RestoreManifests;
import io.cnishift.api.step.RestoreWorkloads;
import io.cnishift.api.step.RollNodes;
import io.cnishift.api.step.RunProbes;
import io.cnishift.api.step.SetVpcCniEnv;
import io.cnishift.api.step.SetVpcCniMode;
import io.cnishift.api.step.StepKinds;
import io.cnishift.api.step.SwitchTargetType;
import io.cnishift.api.step.TagSubnet;
import io.cnishift.api.step.UseHostNetwork;
import io.cnishift.engine.verify.BuiltInProbes;
import java.util.List;
import java.util.Map;

/** The step kinds that come with cnishift: parameters of {@code io.cnishift.api.step} with their behaviour. */
public final class BuiltInSteps {

    private static final int SCHEMA_VERSION = 1;

    private BuiltInSteps() {}

    /** All kinds, with the built-in probes for the kind that runs probes. */
    public static List<StepKind<?>> all() {
        return all(BuiltInProbes.all());
    }

    /** All kinds, with those probes for the kind that runs probes. */
    public static List<StepKind<?>> all(List<Probe> probes) {
        return List.of(
                kind(RunProbes.class, new RunProbesHandler(probes)),
                kind(SetVpcCniEnv.class, new SetVpcCniEnvHandler()),
                kind(SetVpcCniMode.class, new SetVpcCniModeHandler()),
                kind(ChangeAddon.class, new ChangeAddonHandler()),
                kind(DecoupleIngress.class, new DecoupleIngressHandler()),
                kind(SwitchTargetType.class, new SwitchTargetTypeHandler()),
                kind(UseHostNetwork.class, new UseHostNetworkHandler()),
                kind(AllowIngress.class, new AllowIngressHandler()),
                kind(AddCidr.class, new AddCidrHandler()),
                kind(MakeSubnet.class, new MakeSubnetHandler()),
                kind(TagSubnet.class, new TagSubnetHandler()),
                kind(ReservePrefixes.class, new ReservePrefixesHandler()),
                kind(MakeEniConfig.class, new MakeEniConfigHandler()),
                kind(AwaitAddresses.class, new AwaitAddressesHandler()),
                kind(ParkAutoscaling.class, new ParkAutoscalingHandler()),
                kind(RestoreAutoscaling.class, new RestoreAutoscalingHandler()),
                kind(PauseApplications.class, new PauseApplicationsHandler()),
                kind(AwaitSources.class, new AwaitSourcesHandler()),
                kind(RestoreApplications.class, new RestoreApplicationsHandler()),
                kind(LabelNodes.class, new LabelNodesHandler()),
                kind(FenceAwsNode.class, new FenceAwsNodeHandler()),
                kind(InstallRelease.class, new InstallReleaseHandler()),
                kind(InstallOnSecond.class, new InstallOnSecondHandler()),
                kind(ApplyManifest.class, new ApplyManifestHandler()),
                kind(RemoveManifest.class, new RemoveManifestHandler()),
                kind(RestoreManifests.class, new RestoreManifestsHandler()),
                kind(MakeTemplateVersion.class, new MakeTemplateVersionHandler()),
                kind(MakeNodeGroup.class, new MakeNodeGroupHandler()),
                kind(RollNodes.class, new RollNodesHandler()),
                kind(RestartWorkloads.class, new RestartWorkloadsHandler()),
                kind(RestoreWorkloads.class, new RestoreWorkloadsHandler()),
                kind(RemoveAddon.class, new RemoveAddonHandler()),
                kind(RemoveNodeGroup.class, new RemoveNodeGroupHandler()));
    }

    /** Every finding code that these kinds may report, with its explanation. */
    public static Map<String, String> codes() {
        return StepCode.explained();
    }

    private static <P extends Record> StepKind<P> kind(Class<P> params, StepHandler<P> handler) {
        return new StepKind<>(StepKinds.id(params), SCHEMA_VERSION, params, handler);
    }
}
