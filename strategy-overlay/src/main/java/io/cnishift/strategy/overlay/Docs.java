package io.cnishift.strategy.overlay;

/** Where facts are documented. */
final class Docs {

    static final String ALTERNATE_CNI = "https://docs.aws.amazon.com/eks/latest/userguide/alternate-cni-plugins.html";
    static final String CILIUM_ENI = "https://docs.cilium.io/en/stable/network/concepts/ipam/eni/";
    static final String CILIUM_KPR = "https://docs.cilium.io/en/stable/network/kubernetes/kubeproxy-free/";
    static final String CILIUM_LOCAL_REDIRECT =
            "https://docs.cilium.io/en/stable/network/kubernetes/local-redirect-policy/";
    static final String CILIUM_MASQUERADE = "https://docs.cilium.io/en/stable/network/concepts/masquerading/";
    static final String CILIUM_MIGRATION = "https://docs.cilium.io/en/stable/installation/k8s-install-migration/";
    static final String CILIUM_POLICY = "https://docs.cilium.io/en/stable/network/kubernetes/policy/";
    static final String CILIUM_POOL = "https://docs.cilium.io/en/stable/network/kubernetes/ipam-cluster-pool/";
    static final String CILIUM_REQUIREMENTS = "https://docs.cilium.io/en/stable/operations/system_requirements/";
    static final String CILIUM_TAINTS = "https://docs.cilium.io/en/stable/installation/taints/";
    static final String DRAIN = "https://kubernetes.io/docs/tasks/administer-cluster/safely-drain-node/";
    static final String EKS_ADDONS = "https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html";
    static final String EKS_AMIS = "https://docs.aws.amazon.com/eks/latest/userguide/eks-optimized-amis.html";
    static final String EKS_FIELDS =
            "https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-field-management.html";
    static final String EKS_NETWORK = "https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html";
    static final String EKS_NODE_GROUPS = "https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html";
    static final String EKS_POD_SECURITY_GROUPS =
            "https://docs.aws.amazon.com/eks/latest/userguide/security-groups-for-pods.html";
    static final String EKS_SECURITY_GROUPS = "https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html";
    static final String IMDS =
            "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html";
    static final String LBC_ANNOTATIONS =
            "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/";
    static final String LBC_READINESS =
            "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/pod_readiness_gate/";
    static final String MAX_PODS = "https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html";
    static final String NODE_POOLS = "https://karpenter.sh/docs/concepts/nodepools/";
    static final String POD_SECURITY = "https://kubernetes.io/docs/concepts/security/pod-security-standards/";
    static final String VPC_CNI = "https://github.com/aws/amazon-vpc-cni-k8s/blob/master/README.md";
    static final String WEBHOOKS =
            "https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/";

    private Docs() {}
}
