package io.cnishift.api.act;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One write to a cluster, as data. Acts are performed by the engine only, one after the other. */
public sealed interface Act
        permits ApplyObject,
                AssociateAccessPolicy,
                AssociateCidrBlock,
                AssociateRouteTable,
                AuthorizeIngress,
                CarryObject,
                ChangeRecords,
                CordonNode,
                CreateAccessEntry,
                CreateAddon,
                CreateAutoScalingGroup,
                CreateCluster,
                CreateNodeGroup,
                CreateObject,
                CreateOidcProvider,
                CreatePodIdentity,
                CreateSubnet,
                CreateSubnetCidrReservation,
                CreateSubnetTag,
                CreateTargetGroup,
                CreateTemplateVersion,
                DeleteAccessEntry,
                DeleteAddon,
                DeleteAutoScalingGroup,
                DeleteCluster,
                DeleteFargateProfile,
                DeleteNodeGroup,
                DeleteObject,
                DeleteOidcProvider,
                DeletePodIdentity,
                DeleteSubnet,
                DeleteSubnetCidrReservation,
                DeleteSubnetTag,
                DeleteTargetGroup,
                DeleteTemplateVersion,
                DeregisterTargets,
                DisassociateAccessPolicy,
                DisassociateCidrBlock,
                EvictPod,
                ExtendTrust,
                OnSecond,
                PatchObject,
                ReduceTrust,
                RegisterTargets,
                ResumeProcesses,
                RevokeIngress,
                SetAutoRepair,
                SetGroupSize,
                SuspendProcesses,
                TerminateInstance,
                UncordonNode,
                UninstallRelease,
                UpdateAddon,
                UpgradeRelease,
                UseTemplateVersion {

    /** The API it goes to. */
    enum Api {
        KUBERNETES,
        AWS,
        HELM
    }

    /** The API it goes to. */
    Api api();

    /** What it changes, in words that are equal for equal targets. */
    String target();

    /** Whether doing it twice is the same as doing it once. */
    boolean repeatable();

    /** The permissions it needs: IAM actions, or {@code k8s:VERB RESOURCE}, or {@code helm:VERB}. */
    List<String> operations();

    /**
     * The same by hand: one line for a POSIX shell, of kubectl, aws, helm and where a thing is copied jq, that can be pasted as
     * it stands.
     */
    String command(Surroundings at);

    /** What takes it back, given what stood there before; empty when nothing can or nothing need. */
    default Optional<Act> inverse(Map<String, Object> before) {
        return Optional.empty();
    }
}
