package io.cnishift.engine.fact;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.AssociateAccessPolicy;
import io.cnishift.api.act.AssociateCidrBlock;
import io.cnishift.api.act.AuthorizeIngress;
import io.cnishift.api.act.CarryObject;
import io.cnishift.api.act.CordonNode;
import io.cnishift.api.act.CreateAccessEntry;
import io.cnishift.api.act.CreateAddon;
import io.cnishift.api.act.CreateAutoScalingGroup;
import io.cnishift.api.act.CreateCluster;
import io.cnishift.api.act.CreateNodeGroup;
import io.cnishift.api.act.CreateObject;
import io.cnishift.api.act.CreatePodIdentity;
import io.cnishift.api.act.DeleteAccessEntry;
import io.cnishift.api.act.DeleteAddon;
import io.cnishift.api.act.DeleteAutoScalingGroup;
import io.cnishift.api.act.DeleteCluster;
import io.cnishift.api.act.DeleteNodeGroup;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.DeletePodIdentity;
import io.cnishift.api.act.DeleteTemplateVersion;
import io.cnishift.api.act.DeregisterTargets;
import io.cnishift.api.act.DisassociateAccessPolicy;
import io.cnishift.api.act.DisassociateCidrBlock;
import io.cnishift.api.act.EvictPod;
import io.cnishift.api.act.ExtendTrust;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.ReduceTrust;
import io.cnishift.api.act.RegisterTargets;
import io.cnishift.api.act.ResumeProcesses;
import io.cnishift.api.act.RevokeIngress;
import io.cnishift.api.act.SetAutoRepair;
import io.cnishift.api.act.SetGroupSize;
import io.cnishift.api.act.SuspendProcesses;
import io.cnishift.api.act.TerminateInstance;
import io.cnishift.api.act.UncordonNode;
import io.cnishift.api.act.UninstallRelease;
import io.cnishift.api.act.UpdateAddon;
import io.cnishift.api.act.UpgradeRelease;
import io.cnishift.api.act.UseTemplateVersion;
import io.cnishift.api.cluster.Part;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The resource of the view in which an act becomes visible. */
public record ActSubject(Part part, String key) {

    private static final Map<String, Part> KINDS = Map.ofEntries(
            Map.entry("Node", Part.NODES),
            Map.entry("Pod", Part.PODS),
            Map.entry("Service", Part.SERVICES),
            Map.entry("Ingress", Part.INGRESSES),
            Map.entry("ConfigMap", Part.CONFIG_MAPS),
            Map.entry("Namespace", Part.NAMESPACES),
            Map.entry("PodDisruptionBudget", Part.BUDGETS),
            Map.entry("CiliumNode", Part.CILIUM_NODES),
            Map.entry("CiliumNodeConfig", Part.CILIUM_NODE_CONFIGS),
            Map.entry("ENIConfig", Part.ENI_CONFIGS),
            Map.entry("NodePool", Part.NODE_POOLS),
            Map.entry("EC2NodeClass", Part.NODE_CLASSES),
            Map.entry("PersistentVolume", Part.VOLUMES),
            Map.entry("TargetGroupBinding", Part.TARGET_GROUP_BINDINGS));

    /** Kinds whose records have the kind in their key. */
    private static final Map<String, Part> KEYED_BY_KIND = Map.of(
            "Deployment",
            Part.WORKLOADS,
            "DaemonSet",
            Part.WORKLOADS,
            "StatefulSet",
            Part.WORKLOADS,
            "CronJob",
            Part.WORKLOADS,
            "Application",
            Part.APPLICATIONS);

    private static final Map<Class<? extends Act>, Function<Act, Optional<ActSubject>>> BY_TYPE = table();

    /** The subject; empty when the view does not show it, or cannot tell it before the act ended. */
    public static Optional<ActSubject> of(Act act) {
        return BY_TYPE.getOrDefault(act.getClass(), unseen -> Optional.empty()).apply(act);
    }

    private static Map<Class<? extends Act>, Function<Act, Optional<ActSubject>>> table() {
        Map<Class<? extends Act>, Function<Act, Optional<ActSubject>>> table = new HashMap<>();
        kubernetes(table);
        put(table, SetGroupSize.class, Part.NODE_GROUPS, SetGroupSize::group);
        put(table, SuspendProcesses.class, Part.NODE_GROUPS, SuspendProcesses::group);
        put(table, ResumeProcesses.class, Part.NODE_GROUPS, ResumeProcesses::group);
        put(table, SetAutoRepair.class, Part.NODE_GROUPS, SetAutoRepair::group);
        put(table, UseTemplateVersion.class, Part.NODE_GROUPS, UseTemplateVersion::group);
        put(table, CreateNodeGroup.class, Part.NODE_GROUPS, CreateNodeGroup::name);
        put(table, DeleteNodeGroup.class, Part.NODE_GROUPS, DeleteNodeGroup::name);
        put(table, CreateAutoScalingGroup.class, Part.NODE_GROUPS, CreateAutoScalingGroup::name);
        put(table, DeleteAutoScalingGroup.class, Part.NODE_GROUPS, DeleteAutoScalingGroup::name);
        put(table, TerminateInstance.class, Part.INSTANCES, TerminateInstance::instance);
        put(table, DeleteTemplateVersion.class, Part.LAUNCH_TEMPLATES, a -> a.template() + ":" + a.version());
        put(table, RegisterTargets.class, Part.TARGET_GROUPS, RegisterTargets::targetGroup);
        put(table, DeregisterTargets.class, Part.TARGET_GROUPS, DeregisterTargets::targetGroup);
        put(table, AuthorizeIngress.class, Part.SECURITY_GROUPS, AuthorizeIngress::securityGroup);
        put(table, RevokeIngress.class, Part.SECURITY_GROUPS, RevokeIngress::securityGroup);
        put(table, AssociateCidrBlock.class, Part.VPC, AssociateCidrBlock::vpc);
        put(table, DisassociateCidrBlock.class, Part.VPC, DisassociateCidrBlock::vpc);
        put(table, CreateCluster.class, Part.CLUSTER, CreateCluster::name);
        put(table, DeleteCluster.class, Part.CLUSTER, DeleteCluster::name);
        put(table, CreatePodIdentity.class, Part.POD_IDENTITIES, a -> a.namespace() + "/" + a.serviceAccount());
        put(table, DeletePodIdentity.class, Part.POD_IDENTITIES, a -> a.namespace() + "/" + a.serviceAccount());
        put(table, CreateAccessEntry.class, Part.ACCESS_ENTRIES, CreateAccessEntry::principal);
        put(table, DeleteAccessEntry.class, Part.ACCESS_ENTRIES, DeleteAccessEntry::principal);
        put(table, AssociateAccessPolicy.class, Part.ACCESS_ENTRIES, AssociateAccessPolicy::principal);
        put(table, DisassociateAccessPolicy.class, Part.ACCESS_ENTRIES, DisassociateAccessPolicy::principal);
        put(table, ExtendTrust.class, Part.ROLES, ExtendTrust::role);
        put(table, ReduceTrust.class, Part.ROLES, ReduceTrust::role);
        put(table, CreateAddon.class, Part.ADDONS, CreateAddon::name);
        put(table, UpdateAddon.class, Part.ADDONS, UpdateAddon::name);
        put(table, DeleteAddon.class, Part.ADDONS, DeleteAddon::name);
        put(table, UpgradeRelease.class, Part.RELEASES, a -> a.namespace() + "/" + a.name());
        put(table, UninstallRelease.class, Part.RELEASES, a -> a.namespace() + "/" + a.name());
        return Map.copyOf(table);
    }

    private static void kubernetes(Map<Class<? extends Act>, Function<Act, Optional<ActSubject>>> table) {
        put(table, CordonNode.class, Part.NODES, CordonNode::node);
        put(table, UncordonNode.class, Part.NODES, UncordonNode::node);
        put(table, EvictPod.class, Part.PODS, a -> a.namespace() + "/" + a.pod());
        table.put(PatchObject.class, act -> of(((PatchObject) act).object()));
        table.put(ApplyObject.class, act -> of(ObjectRef.of(((ApplyObject) act).object())));
        table.put(CreateObject.class, act -> of(ObjectRef.of(((CreateObject) act).object())));
        table.put(DeleteObject.class, act -> of(((DeleteObject) act).object()));
        table.put(CarryObject.class, act -> of(((CarryObject) act).object()));
    }

    private static <A extends Act> void put(
            Map<Class<? extends Act>, Function<Act, Optional<ActSubject>>> table,
            Class<A> type,
            Part part,
            Function<A, String> key) {
        table.put(type, act -> Optional.of(new ActSubject(part, key.apply(type.cast(act)))));
    }

    private static Optional<ActSubject> of(ObjectRef object) {
        String name = object.namespace().map(n -> n + "/").orElse("") + object.name();
        return Optional.ofNullable(KINDS.get(object.kind()))
                .map(part -> new ActSubject(part, name))
                .or(() -> Optional.ofNullable(KEYED_BY_KIND.get(object.kind()))
                        .map(part -> new ActSubject(part, object.kind() + "/" + name)));
    }
}
