package io.cnishift.api.cluster;

/** One object of a cluster: it belongs to a part and has a key that is unique in it. Immutable. */
public sealed interface Resource
        permits AccessEntry,
                Addon,
                AdmissionPolicy,
                Application,
                Budget,
                CiliumEndpoint,
                CiliumNode,
                CiliumNodeConfig,
                Cluster,
                ConfigMap,
                ControlPlaneCall,
                DnsRecord,
                Endpoints,
                EniConfig,
                Ingress,
                Instance,
                LoadBalancer,
                NamedObject,
                Namespace,
                Neighbour,
                NetworkAcl,
                NetworkInterface,
                NetworkPolicy,
                Node,
                NodeClass,
                NodeGroup,
                NodePool,
                Pod,
                PodIdentity,
                PolicyEndpoint,
                Release,
                Role,
                RouteTable,
                SecurityGroup,
                SecurityGroupPolicy,
                Service,
                Subnet,
                TargetGroup,
                TargetGroupBinding,
                TemplateVersion,
                Volume,
                Vpc,
                Workload {

    /** The part it belongs to. */
    Part part();

    /** Its key among the resources of its part, e.g. {@code namespace/name}, an instance id or an ARN. */
    String key();
}
