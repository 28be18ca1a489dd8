package io.cnishift.api.roll;

/** Where facts about replacing nodes are documented. */
final class Docs {

    /** Where the strategy that rolls is documented. */
    static final String OF_STRATEGY = "";

    static final String DRAIN = "https://kubernetes.io/docs/tasks/administer-cluster/safely-drain-node/";
    static final String EKS_AMIS = "https://docs.aws.amazon.com/eks/latest/userguide/eks-optimized-amis.html";
    static final String EKS_NETWORK = "https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html";
    static final String EKS_NODE_GROUPS = "https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html";
    static final String LBC_READINESS =
            "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/pod_readiness_gate/";
    static final String MAX_PODS = "https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html";
    static final String NODE_POOLS = "https://karpenter.sh/docs/concepts/nodepools/";
    static final String VPC_CNI = "https://github.com/aws/amazon-vpc-cni-k8s/blob/master/README.md";

    private Docs() {}
}
