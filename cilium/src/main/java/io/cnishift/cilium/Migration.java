package io.cnishift.cilium;

/**
 * Names that a migration to Cilium and the software around it agree on. They are the ones of Cilium's own migration guide
 * and command-line tool, so that a cluster left half way is understood by either.
 */
public final class Migration {

    /** Node label that keeps aws-node on a node: the fence's node selector asks for it. */
    public static final String AWS_NODE_LABEL = "io.cilium/aws-node-enabled";

    /** Value of {@link #AWS_NODE_LABEL} on nodes that stay with the VPC CNI. */
    public static final String AWS_NODE_LABEL_VALUE = "true";

    /** Node label, set when the node joins, that makes the Cilium agent of the node own its pods. */
    public static final String CILIUM_NODE_LABEL = "io.cilium.migration/cilium-default";

    /** Value of {@link #CILIUM_NODE_LABEL}. */
    public static final String CILIUM_NODE_LABEL_VALUE = "true";

    /** Taint of a node whose Cilium agent is not ready; the operator takes it off, and puts it back. */
    public static final String AGENT_NOT_READY_TAINT = "node.cilium.io/agent-not-ready";

    /** Value of {@link #AGENT_NOT_READY_TAINT} in a node group's template. */
    public static final String AGENT_NOT_READY_TAINT_VALUE = "true";

    /** Effect of {@link #AGENT_NOT_READY_TAINT}, as Kubernetes spells it; EKS node groups spell it {@code NO_EXECUTE}. */
    public static final String AGENT_NOT_READY_TAINT_EFFECT = "NoExecute";

    /** Name of the Helm release. */
    public static final String RELEASE = "cilium";

    /** Namespace of the release, and of nearly everything it makes. */
    public static final String NAMESPACE = "kube-system";

    /** Namespace that the chart makes beside it, for certificates of what its agents serve. */
    public static final String SECRETS_NAMESPACE = "cilium-secrets";

    /** Name of the chart. */
    public static final String CHART = "cilium";

    /** Name of the chart repository in {@code helm} commands. */
    public static final String REPOSITORY = "cilium";

    /** Address of the chart repository. */
    public static final String REPOSITORY_URL = "https://helm.cilium.io/";

    /** The chart where the project publishes it. */
    public static final String PUBLISHED_CHART = REPOSITORY_URL + CHART;

    /** DaemonSet of the agents. */
    public static final String AGENT_DAEMON_SET = "cilium";

    /** DaemonSet of the proxies, one beside each agent. */
    public static final String ENVOY_DAEMON_SET = "cilium-envoy";

    /** Deployment of the operator. */
    public static final String OPERATOR_DEPLOYMENT = "cilium-operator";

    /** Deployment of Hubble's relay. */
    public static final String RELAY_DEPLOYMENT = "hubble-relay";

    /** Deployment of Hubble's web interface. */
    public static final String HUBBLE_UI_DEPLOYMENT = "hubble-ui";

    /** ConfigMap that agents and operator read when they start. */
    public static final String CONFIG_MAP = "cilium-config";

    /** Service account of the operator: the one that needs EC2 rights in ENI mode. */
    public static final String OPERATOR_SERVICE_ACCOUNT = "cilium-operator";

    /** API version of CiliumNodeConfig that all supported lines serve. */
    public static final String NODE_CONFIG_API_VERSION = "cilium.io/v2";

    /** Kind of the per-node override of {@link #CONFIG_MAP}. */
    public static final String NODE_CONFIG_KIND = "CiliumNodeConfig";

    /** Name of the CiliumNodeConfig that takes new nodes over. */
    public static final String NODE_CONFIG_NAME = "cilium-default";

    /** The same directory inside the agent's container. */
    public static final String CNI_DIRECTORY_IN_AGENT = "/host/etc/cni/net.d";

    /** The file that Cilium writes. It sorts before {@link #AWS_CONFLIST}, so containerd takes it. */
    public static final String CILIUM_CONFLIST = "05-cilium.conflist";

    /** The file that aws-node writes. */
    public static final String AWS_CONFLIST = "10-aws.conflist";

    private Migration() {}
}
