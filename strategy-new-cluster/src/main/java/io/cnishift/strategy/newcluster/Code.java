package io.cnishift.strategy.newcluster;

import io.cnishift.api.Finding;
import io.cnishift.api.Request;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.plan.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The finding codes of this module. */
enum Code {
    FORBIDDEN(Severity.BLOCKER, "The strategy makes a second cluster, and the constraint new-cluster forbids it."),
    UNSUPPORTED_CNI(
            Severity.BLOCKER,
            "The new cluster would run Cilium, and the constraint unsupported-cni allows the VPC CNI only."),
    NO_ROOM(
            Severity.BLOCKER,
            "Both clusters run at once in the same subnets: new nodes and load balancers need an address each, and with network=eni or"
                    + " vpc-cni-prefix every pod does, beside those that nodes keep ready."),
    NO_BLOCKS(
            Severity.BLOCKER,
            "With network=vpc-cni-prefix nodes take blocks of 16 addresses, free and aligned in their subnet, while the first cluster still"
                    + " holds its own. The subnet has fewer."),
    OPERATOR_ROLE(
            Severity.INFO,
            "With network=eni Cilium's operator calls EC2 with a role that a Pod Identity association gives it. Which rights the role has is"
                    + " not read."),
    OPERATOR_RIGHTS(
            Severity.CONSENT,
            "With network=eni Cilium's operator calls EC2 to make interfaces and assign addresses, and exits without the right to. Which"
                    + " rights the role of a node has is not read, so somebody has to see to it."),
    CNI_RIGHTS(
            Severity.CONSENT,
            "With network=vpc-cni-prefix the VPC CNI of the second cluster is an add-on. Where the first cluster has it otherwise, a role of"
                    + " its service account is not taken over, and it calls EC2 with the role of its node."),
    CONTROLLER_RIGHTS(
            Severity.CONSENT,
            "The AWS Load Balancer Controller calls AWS to make load balancers. In a second cluster that the plan makes it gets the role that it"
                    + " has here, where that is read: by Pod Identity, by its release or by a trust policy that admits its service account."
                    + " Else it acts with the role of its node there."),
    IPV6_SUBNET(
            Severity.BLOCKER,
            "With network=vpc-cni-ipv6 every subnet of control plane and nodes needs a block of IPv6 addresses, and those of nodes give one to"
                    + " each instance at launch: EKS refuses the cluster else, or gives its node groups up."),
    IPV6_EGRESS(
            Severity.CONSENT,
            "With network=vpc-cni-ipv6 pods prefer IPv6 to reach a name that has both. Where the subnet's routes lead to the internet by IPv4"
                    + " alone, they wait in vain first, and clients without a second try fail. IPv4 addresses are reached as the node."),
    IPV6_NETWORK_ACL(
            Severity.CONSENT,
            "With network=vpc-cni-ipv6 pods in different subnets call each other by IPv6, for which a network ACL has rules of its own."),
    IPV6_RIGHTS(
            Severity.CONSENT,
            "With network=vpc-cni-ipv6 the VPC CNI assigns blocks of IPv6 addresses, which no managed policy of AWS allows it. Without that right"
                    + " nodes are ready, and no pod gets an address."),
    IPV6_LISTENER(
            Severity.CONSENT,
            "In an IPv6 cluster pods are called by IPv6. A program that listens on 0.0.0.0 is not reached, neither by a Service nor by a"
                    + " probe. Only commands and arguments are looked at; what else listens on IPv4 alone fails its readiness probe in the run."),
    IPV6_POLICY(
            Severity.CONSENT,
            "In an IPv6 cluster a NetworkPolicy that names blocks of IPv4 addresses alone admits and lets out nobody who has IPv6."),
    IPV6_BALANCER(
            Severity.BLOCKER,
            "In an IPv6 cluster load balancers lead to pods, by the AWS Load Balancer Controller, with targets of type ip and IPv6 addresses"
                    + " of their own. EKS's own and those with instance targets reach nobody."),
    OPERATOR_ROLE_UNKNOWN(
            Severity.BLOCKER,
            "With network=eni Cilium's operator calls EC2 with the role of its node, unless one is named for it. Where the VPC CNI has a role"
                    + " of its own, that of the nodes need not have the rights."),
    CONTROL_PLANE_ROOM(
            Severity.BLOCKER,
            "EKS wants 6 free addresses in each control-plane subnet of a new cluster (16 recommended)."),
    VOLUMES(
            Severity.WARNING,
            "An EBS volume is attached to one node at a time, so its workload stops while it changes clusters."),
    IDENTITY(
            Severity.INFO,
            "The new cluster has another OIDC issuer, which trust policies of IRSA roles have to name too; no pod was seen with such a role."),
    UNKNOWN(
            Severity.BLOCKER,
            "A part of the cluster that the assessment counts on could not be read. cnishift does not guess."),
    DELETE(
            Severity.CONSENT,
            "With deleteBlue=true the first cluster is deleted after the hold, with all that is in it: objects that were not copied, its"
                    + " endpoint, its issuer, the copy of the journal. Nothing brings it back."),
    DELETE_NOTHING(
            Severity.BLOCKER,
            "The first cluster is deleted only once it is let go: not where retire=false keeps it, nor where clients come to it by a way"
                    + " that cannot be moved."),
    DELETION_PROTECTED(
            Severity.BLOCKER,
            "EKS deletes no cluster that has deletion protection, and cnishift does not take it off."),
    FIRST_IN_USE(
            Severity.BLOCKER,
            "The first cluster is not deleted while nodes are in it, or load balancers or volumes that would be left behind."),
    FIRST_GONE(Severity.BLOCKER, "What was deleted of the first cluster is not made again; the way back ends there."),
    SECOND_SAME(Severity.BLOCKER, "The second cluster is the one that is to be migrated."),
    SECOND_NOT_READY(Severity.BLOCKER, "The second cluster is not active, or has no node on which a pod could run."),
    SECOND_ELSEWHERE(
            Severity.BLOCKER,
            "The second cluster is in another account or region, where names, roles and volumes are others."),
    SECOND_VERSION(
            Severity.BLOCKER,
            "The second cluster runs an older Kubernetes, which does not serve every API of the first one."),
    SECOND_ROOM(
            Severity.BLOCKER,
            "The nodes of the second cluster have not enough pod slots, CPU or memory for what is to move. All of it runs twice until the"
                    + " first cluster is retired."),
    SECOND_ADDON(
            Severity.BLOCKER,
            "An EKS add-on of the first cluster is missing in the second one, or is not active there."),
    SECOND_CONTROLLER(
            Severity.BLOCKER,
            "Objects are to be copied that a controller serves which is not ready in the second cluster."),
    SECOND_IDENTITY(
            Severity.BLOCKER,
            "Pod Identity associations belong to a cluster: a service account without one has no rights in the second cluster."),
    SECOND_PLACEMENT(Severity.BLOCKER, "Pods ask for node labels that no node of the second cluster has."),
    VOLUME_STAYS(
            Severity.BLOCKER,
            "A workload keeps data in a volume that cannot change clusters: it is neither of the EBS nor of the EFS CSI driver, or something"
                    + " uses it that cannot be scaled to zero: a DaemonSet, a Job, a pod by itself or of an operator."),
    CLAIMS_DROPPED(
            Severity.BLOCKER,
            "A StatefulSet whose claims are deleted when it is scaled down would lose them on being stopped in the first cluster, and with"
                    + " them the way back."),
    VOLUME_ZONE(
            Severity.BLOCKER,
            "An EBS volume is in a zone in which the second cluster has no node, so no pod there could have it."),
    STOP(
            Severity.CONSENT,
            "A workload with volumes that one cluster can have at a time (EBS; EFS of a single writer) stops in the first cluster before it starts in the second. Clients still come to the first cluster"
                    + " then, which is without it from the step move-state until prove-moved has passed and clients come to the second one:"
                    + " once shift-targets-100 is done, or the DNS records that shift-100 changes have run out. Nobody answers them for it"
                    + " that long. They are moved all at once for that reason. The seconds that a rehearsal counts as consented end"
                    + " when its pods are ready in the second cluster, before that. Going back once it has moved stops it again, which a"
                    + " rehearsal with --rollback-at measures."),
    CLAIM_UNBOUND(
            Severity.BLOCKER, "A claim of the second cluster does not get the volume that was carried there for it."),
    NOT_KEPT(
            Severity.BLOCKER,
            "A PersistentVolume of the second cluster for a volume of the first one has another reclaim policy than Retain: deleting its"
                    + " claim there would delete the data of both clusters."),
    VOLUME_GONE(Severity.BLOCKER, "A PersistentVolume that the plan carries is no more in the first cluster."),
    STATE_CHANGED(
            Severity.BLOCKER,
            "A workload that is to move with its volumes has other volumes or more replicas than when the plan was made: a pod in the second"
                    + " cluster would begin with an empty disk."),
    DATA_THEIRS(
            Severity.CONSENT,
            "GitOps brings the workloads into the second cluster, and nothing moves their data there: volumes that they claim are new and empty,"
                    + " unless manifests name those of the first cluster."),
    NOT_COPIED(
            Severity.CONSENT,
            "Jobs and webhook configurations are neither copied nor looked for in the second cluster. Definitions, classes of storage,"
                    + " priority and Ingress, and custom resources in namespaces are copied; cluster roles with their bindings into a cluster"
                    + " that the plan makes, but for bindings of accounts in kube- namespaces."),
    UNPLANNED(
            Severity.BLOCKER,
            "An object came up after the plan was made that cannot be copied as it is: a CronJob would run in both clusters, and a workload with"
                    + " volumes would begin with empty ones."),
    CUSTOM(
            Severity.CONSENT,
            "Custom resources are copied, and a controller that serves them in both clusters acts on what each of them asks for, twice. A"
                    + " migration that is taken back deletes the copies. Objects of groups that stand for machines, databases or clusters outside"
                    + " (AWS Controllers for Kubernetes, Crossplane, Cluster API, Config Connector) are not copied, nor are those of no namespace."),
    BARE_POD(Severity.CONSENT, "A pod without a controller is not copied to the second cluster."),
    RUNS_TWICE(
            Severity.CONSENT,
            "A workload to which no Service leads works in both clusters at once: consumers of queues, schedulers, operators."),
    EXTERNAL_DNS(
            Severity.CONSENT,
            "external-dns writes DNS records by what it sees in its cluster, and takes changes by others back."),
    ENTRY_STAYS(
            Severity.CONSENT,
            "Clients come to a load balancer by a way that cannot be moved from here. The first cluster is kept as it is for them."),
    RECORD_ROUTING(
            Severity.BLOCKER,
            "Only a simple DNS record can be made weighted; one that has a routing policy already means something by it."),
    SHIFT_TARGETS(
            Severity.BLOCKER,
            "With shift=target-groups requests to a load balancer are shared by an action of each of its Ingresses, which has to be the only"
                    + " one, for a Service by one port, and to find the first cluster's target group."),
    STICKY_TARGETS(
            Severity.CONSENT,
            "Requests of a client that is to stay with one target are shared between target groups of both clusters, of which its cookie knows"
                    + " one only."),
    NOT_SERVED(
            Severity.BLOCKER,
            "A cluster does not serve what it should, so no client is sent there: the second one on the way there, the first on the way back."),
    SHIFT_FAILED(Severity.BLOCKER, "The second cluster stopped to serve after clients had been sent there."),
    NOT_MADE(
            Severity.BLOCKER,
            "This version cannot make a second cluster like the first one: the first one is to be an IPv4 cluster of managed Linux node"
                    + " groups. One that exists already can be moved to with the option to."),
    ACCESS(
            Severity.CONSENT,
            "Whoever makes a cluster administers it. The plan gives access entries to whom they were given in the first cluster. Who comes in"
                    + " there by the ConfigMap aws-auth, or by what could not be read or was not understood, has no access to the second cluster."),
    ACCESS_REFUSED(
            Severity.WARNING,
            "EKS did not take an access entry, or a policy of one, that the first cluster has: the role or user is gone from IAM, most often. All"
                    + " others have theirs, and the detail of step make-access names it."),
    ACCESS_IN_CODE(
            Severity.WARNING,
            "Access entries of the first cluster are kept in code. Those of a second cluster that the plan makes are in no code until somebody"
                    + " takes them into it."),
    SYSTEM_STAYS(
            Severity.WARNING,
            "Workloads of kube-system that no EKS add-on brings, such as autoscalers and metrics, are not set up in a second cluster that"
                    + " the plan makes. The pod network is, as the option network says, and is not named here."),
    SECOND_TAKEN(Severity.BLOCKER, "A cluster of the name that the plan gives the second one exists already."),
    SECOND_FAILED(Severity.BLOCKER, "EKS could not make the second cluster, or a node group of it."),
    SECOND_IN_USE(
            Severity.BLOCKER,
            "The second cluster is not deleted on the way back while it holds what this migration did not bring there."),
    ONE_CLUSTERS(
            Severity.BLOCKER,
            "A controller that acts on AWS for one cluster, by its name, would be copied and act in the second cluster on what is the first"
                    + " one's: nodes, load balancers, records. One that the second cluster has already is not copied."),
    MAY_BE_ONE_CLUSTERS(
            Severity.CONSENT,
            "A workload is to be copied that has a variable for the name of its cluster. Whether it acts by that name is not known."),
    TRUST(
            Severity.CONSENT,
            "Pods and add-ons have IAM roles by the OIDC issuer of their cluster. The second cluster has another one, and these trust policies are not"
                    + " changed by the plan: their roles are not read, or are in another account. What is not extended has no rights there,"
                    + " and some add-ons are degraded without. Add to each a copy of its statement for the first issuer, with the second one in"
                    + " its place: read the policy by 'aws iam get-role', then write it whole by 'aws iam update-assume-role-policy'. The second"
                    + " issuer is known once the cluster is made: 'aws eks describe-cluster' tells it. A run that makes the cluster stops for"
                    + " that, before its add-ons."),
    TRUST_ROLES(
            Severity.CONSENT,
            "The plan has these roles trust the issuer of the second cluster too. Which code keeps them is not known, for IAM lists roles without"
                    + " their tags: where one is kept in code that does not say the same, its next change takes the second issuer out again,"
                    + " and pods of the second cluster lose their rights."),
    TARGET_ROLE(
            Severity.CONSENT,
            "A service account takes a target role by Pod Identity. Each association has an external id of its own, which the trust policy of the"
                    + " target role may ask for; that of the second cluster's is known once it is made."),
    MESH_NO_CILIUM(
            Severity.BLOCKER,
            "With mesh=true both clusters have to run Cilium: what the VPC CNI alone connects cannot be one of a Cluster Mesh."),
    MESH_RELEASE(
            Severity.BLOCKER,
            "With mesh=true both releases of Cilium get other values, so each has to be a Helm release of this name that is deployed and read."),
    MESH_DATAPATH(
            Severity.BLOCKER,
            "With mesh=true packets of pods have to go the same way in both clusters: both by the same tunnel, or both by native routing."),
    MESH_NATIVE(
            Severity.BLOCKER,
            "With mesh=true and native routing a pod is known by the address that its packets come from: pods of both clusters have to have"
                    + " addresses of the VPC (ENI mode, or chaining behind the VPC CNI), and packets to any block of it must not be masqueraded. In"
                    + " ENI mode without ipv4NativeRoutingCIDR, Cilium spares the first block only."),
    MESH_NAME(
            Severity.BLOCKER,
            "With mesh=true each cluster needs a name and a number in its Cilium, other ones than the other cluster's and within what the"
                    + " chart takes. To change them in a running cluster every workload has to be restarted, which is left to its owner."),
    MESH_SIZE(
            Severity.BLOCKER,
            "All clusters of a mesh have the same clustermesh.maxConnectedClusters, which is not changed in a running cluster."),
    MESH_PODS(
            Severity.BLOCKER,
            "With mesh=true pods of both clusters have to have addresses of ranges that do not overlap."),
    MESH_SERVICES(
            Severity.BLOCKER,
            "With mesh=true Services of both clusters have to have addresses of ranges that do not overlap. A second cluster that the plan"
                    + " makes gets another one than the first, where one is free."),
    MESH_VERSION(
            Severity.BLOCKER,
            "With mesh=true the Cilium releases of both clusters have to be of the same line or of neighbouring ones, as those of one cluster"
                    + " while it is upgraded."),
    MESH_MEMBER(
            Severity.BLOCKER,
            "A cluster that is in a mesh already is not joined with another one: what stands against it may be in clusters that are not read."),
    MESH_BALANCER(
            Severity.BLOCKER,
            "With mesh=true each cluster is asked by the other through an internal load balancer of its own, which the AWS Load Balancer"
                    + " Controller makes."),
    MESH_AUTHORITY(
            Severity.BLOCKER,
            "With mesh=true both clusters trust one authority, that of the first cluster's Secret kube-system/cilium-ca, which the chart keeps"
                    + " there and a second cluster that the plan makes gets a copy of."),
    MESH_TRUST(
            Severity.CONSENT,
            "With mesh=true a second cluster that exists has to have the authority of the first one in its Secret kube-system/cilium-ca. What is in"
                    + " Secrets is not read, so somebody has to compare them."),
    MESH_POLICY(
            Severity.CONSENT,
            "With mesh=true a policy of our own beside each NetworkPolicy of a namespace that is moved, not of kube-system and its like, admits in one"
                    + " cluster the pods of the other that the policy admits of its own."
                    + " What is in Cilium's own policies is not read, and none is added beside them: without a label of the cluster they mean pods"
                    + " of their own cluster since 1.19, and of all clusters before. Those of the whole cluster are not even listed."),
    MESH_POLICY_TAKEN(
            Severity.BLOCKER,
            "With mesh=true the policy of our own beside a NetworkPolicy has a name made of that one's. A policy that has it and is not of this"
                    + " migration is neither taken for it nor deleted."),
    MESH_PROOF(
            Severity.BLOCKER,
            "With mesh=true pods of each cluster ask a pod of the other one's kube-dns, or of its API server of the mesh. Since Cilium 1.19 a"
                    + " NetworkPolicy of kube-system that names no cluster means pods of its own one: where it covers both kinds of pods, or keeps"
                    + " pods of kube-system from going out, a good mesh would look like none."),
    MESH_OWNER(
            Severity.WARNING,
            "With mesh=true security groups of nodes get rules and Cilium's releases get values that are there until the clusters part. Code that"
                    + " states all rules of a group, or all values of a release, takes them out when it is applied meanwhile; they are made again,"
                    + " and the run says so, but connections between the clusters break until then."),
    MESH_NOT_CONNECTED(
            Severity.BLOCKER,
            "The clusters did not become one mesh: pods of the one do not reach those of the other, or its API server of the mesh."),
    TRUST_FULL(
            Severity.CONSENT,
            "A trust policy has 2,048 characters at most, unless AWS has raised that for the account. A statement for a second issuer does not fit:"
                    + " IAM refuses it, and the run stops there.");

    private final Severity severity;
    private final String explanation;

    Code(Severity severity, String explanation) {
        this.severity = severity;
        this.explanation = explanation;
    }

    String id() {
        return "NEW-" + name().replace('_', '-');
    }

    Finding of(String subject, String message, String remedy) {
        return Finding.of(id(), severity, subject, message, remedy, "docs/codes.md");
    }

    /** What could not be read of these parts. */
    static List<Finding> unread(Request request, Set<Part> needed) {
        return request.snapshot().unknown().stream()
                .filter(u -> needed.contains(u.part()))
                .map(u -> UNKNOWN.of(u.what(), u.why(), u.remedy()))
                .toList();
    }

    static Map<String, String> explained() {
        return Arrays.stream(values()).collect(Collectors.toMap(Code::id, c -> c.explanation));
    }
}
