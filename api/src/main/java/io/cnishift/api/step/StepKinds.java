package io.cnishift.api.step;

import java.util.List;

/** The built-in step kinds. */
public final class StepKinds {

    private StepKinds() {}

    /** The parameter records, one per kind. */
    public static List<Class<? extends Record>> all() {
        return List.of(
                RunProbes.class,
                SetVpcCniEnv.class,
                SetVpcCniMode.class,
                ChangeAddon.class,
                DecoupleIngress.class,
                SwitchTargetType.class,
                UseHostNetwork.class,
                AllowIngress.class,
                AddCidr.class,
                MakeSubnet.class,
                TagSubnet.class,
                ReservePrefixes.class,
                MakeEniConfig.class,
                AwaitAddresses.class,
                ParkAutoscaling.class,
                RestoreAutoscaling.class,
                PauseApplications.class,
                AwaitSources.class,
                RestoreApplications.class,
                LabelNodes.class,
                FenceAwsNode.class,
                InstallRelease.class,
                InstallOnSecond.class,
                ApplyManifest.class,
                RemoveManifest.class,
                RestoreManifests.class,
                MakeTemplateVersion.class,
                MakeNodeGroup.class,
                RollNodes.class,
                RestartWorkloads.class,
                RestoreWorkloads.class,
                RemoveAddon.class,
                RemoveNodeGroup.class);
    }

    /** The id of a kind: its record's name in kebab case. */
    public static String id(Class<? extends Record> params) {
        return params.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(java.util.Locale.ROOT);
    }
}
