package io.cnishift.engine.policy;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.AuthorizeIngress;
import io.cnishift.api.act.CreateAddon;
import io.cnishift.api.act.CreateAutoScalingGroup;
import io.cnishift.api.act.CreateNodeGroup;
import io.cnishift.api.act.CreatePodIdentity;
import io.cnishift.api.act.CreateTargetGroup;
import io.cnishift.api.act.CreateTemplateVersion;
import io.cnishift.api.act.DeleteFargateProfile;
import io.cnishift.api.act.DeletePodIdentity;
import io.cnishift.api.act.DeleteTargetGroup;
import io.cnishift.api.act.DeleteTemplateVersion;
import io.cnishift.api.act.DeregisterTargets;
import io.cnishift.api.act.ExtendTrust;
import io.cnishift.api.act.ReduceTrust;
import io.cnishift.api.act.RegisterTargets;
import io.cnishift.api.act.RevokeIngress;
import io.cnishift.api.act.SetGroupSize;
import io.cnishift.api.act.TerminateInstance;
import io.cnishift.api.act.UpdateAddon;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Role;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.View;
import io.cnishift.engine.fact.ActSubject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** IAM actions on resources, gathered act by act; written as one policy document. */
final class IamGrants {

    private static final Map<String, Object> NONE = Map.of();

    private static final Set<String> OF_CLUSTERS = Set.of(
            "eks:CreateNodegroup",
            "eks:CreateAddon",
            "eks:CreatePodIdentityAssociation",
            "eks:ListPodIdentityAssociations",
            "eks:CreateAccessEntry",
            "eks:ListFargateProfiles",
            "eks:DescribeCluster");

    private final View before;
    private final Arns arns;
    private final Map<Grant, Set<String>> resources = new TreeMap<>(
            Comparator.comparing(Grant::action).thenComparing(g -> g.condition().toString()));

    /** An action, and under which condition. */
    private record Grant(String action, Map<String, Object> condition) {}

    IamGrants(View before) {
        this.before = before;
        this.arns = Arns.of(before.cluster());
    }

    /** What an act needs on the cluster of that name as it stands then. */
    void grant(Act act, View view, String cluster) {
        Arns of = arns.named(cluster);
        for (String action : act.operations()) {
            if (applies(act, action, view)) {
                resources(act, action, view, of).forEach(resource -> add(action, condition(act, action, of), resource));
            }
        }
    }

    private void add(String action, Map<String, Object> condition, String resource) {
        resources
                .computeIfAbsent(new Grant(action, condition), g -> new TreeSet<>())
                .add(resource);
    }

    /** Acts name the calls for groups of both kinds. */
    private static boolean applies(Act act, String action, View view) {
        if (act instanceof SetGroupSize size) {
            boolean managed = view.nodeGroup(size.group())
                    .filter(g -> g.kind() == NodeGroup.Kind.MANAGED)
                    .isPresent();
            return action.startsWith("eks:") == managed;
        }
        if (act instanceof UpdateAddon update && action.equals("iam:PassRole")) {
            return addonRole(update, view).isPresent();
        }
        return !(act instanceof TerminateInstance end)
                || action.startsWith("autoscaling:") != end.group().isEmpty();
    }

    private static Map<String, Object> condition(Act act, String action, Arns of) {
        return switch (action) {
            case "iam:PassRole" ->
                Map.of(
                        "StringEquals",
                        Map.of(
                                "iam:PassedToService",
                                act instanceof CreatePodIdentity
                                        ? List.of("pods.eks.amazonaws.com")
                                        : List.of("ec2.amazonaws.com", "eks.amazonaws.com")));
            case "ec2:TerminateInstances" ->
                Map.of("StringEquals", Map.of("aws:ResourceTag/kubernetes.io/cluster/" + of.name(), "owned"));
            default -> NONE;
        };
    }

    private List<String> resources(Act act, String action, View view, Arns of) {
        List<String> ofVpc = action.startsWith("ec2:Describe") ? List.of() : VpcResources.of(act, action, of);
        return ofVpc.isEmpty() ? List.of(resource(act, action, view, of)) : ofVpc;
    }

    private String resource(Act act, String action, View view, Arns of) {
        return switch (action.substring(0, action.indexOf(':'))) {
            case "eks" -> eks(act, action, of);
            case "autoscaling" -> scaling(act, view, of);
            case "ec2" -> ec2(act, action);
            case "elasticloadbalancing" -> action.startsWith("elasticloadbalancing:Describe") ? Arns.ANY : targets(act);
            case "iam" -> role(act, view);
            default -> Arns.ANY;
        };
    }

    private static String eks(Act act, String action, Arns of) {
        if (OF_CLUSTERS.contains(action)) {
            return of.ofCluster();
        }
        if (act instanceof CreatePodIdentity || act instanceof DeletePodIdentity) {
            return of.podIdentities();
        }
        if (act instanceof DeleteFargateProfile delete) {
            return of.fargateProfile(delete.name());
        }
        return ActSubject.of(act)
                .map(s -> switch (s.part()) {
                    case ADDONS -> of.addon(s.key());
                    case ACCESS_ENTRIES -> of.accessEntries();
                    case CLUSTER -> of.ofCluster();
                    default -> of.nodeGroup(s.key());
                })
                .orElse(Arns.ANY);
    }

    private static String scaling(Act act, View view, Arns of) {
        if (act instanceof TerminateInstance end) {
            return of.scalingGroup(view, end.group());
        }
        return ActSubject.of(act)
                .filter(s -> s.part() == Part.NODE_GROUPS)
                .map(s -> of.scalingGroup(view, s.key()))
                .orElse(Arns.ANY);
    }

    private String ec2(Act act, String action) {
        if (action.startsWith("ec2:Describe")) {
            return Arns.ANY;
        }
        if (act instanceof CreateTemplateVersion create) {
            return arns.ec2("launch-template/" + create.template());
        }
        if (act instanceof DeleteTemplateVersion delete) {
            return arns.ec2("launch-template/" + delete.template());
        }
        if (act instanceof AuthorizeIngress rules) {
            return arns.ec2("security-group/" + rules.securityGroup());
        }
        if (act instanceof RevokeIngress rules) {
            return arns.ec2("security-group/" + rules.securityGroup());
        }
        return action.equals("ec2:TerminateInstances") ? arns.ec2("instance/*") : Arns.ANY;
    }

    /** Only target groups that are there before the run have an ARN that is known. */
    private String targets(Act act) {
        if (act instanceof CreateTargetGroup create) {
            return arns.targetGroup(create.name());
        }
        if (act instanceof DeleteTargetGroup delete) {
            return arns.targetGroup(delete.name());
        }
        String arn = act instanceof RegisterTargets register
                ? register.targetGroup()
                : act instanceof DeregisterTargets deregister ? deregister.targetGroup() : "";
        return before.get(Part.TARGET_GROUPS, TargetGroup.class, arn).isPresent() ? arn : arns.targetGroups();
    }

    /** EKS is given the role anew with each update, for it takes none as none. */
    private static Optional<String> addonRole(UpdateAddon update, View view) {
        return update.roleToSend(view.addon(update.name()));
    }

    private static String role(Act act, View view) {
        if (act instanceof CreateAddon addon) {
            return addon.serviceAccountRole().orElse(Arns.ANY);
        }
        if (act instanceof UpdateAddon update) {
            return addonRole(update, view).orElse(Arns.ANY);
        }
        if (act instanceof CreatePodIdentity associate) {
            return associate.role();
        }
        if (act instanceof ExtendTrust || act instanceof ReduceTrust) {
            return ActSubject.of(act)
                    .flatMap(s -> view.get(Part.ROLES, Role.class, s.key()))
                    .map(Role::arn)
                    .orElse(Arns.ANY);
        }
        String like = act instanceof CreateNodeGroup group
                ? group.like()
                : act instanceof CreateAutoScalingGroup group ? group.like() : "";
        return view.nodeGroup(like)
                .map(NodeGroup::nodeRole)
                .filter(r -> r.startsWith("arn:"))
                .orElse(Arns.ANY);
    }

    /** What reading a part of that cluster needs. */
    void read(Part part, String cluster) {
        Readings.actions(part).forEach(action -> add(action, NONE, read(action, arns.named(cluster))));
    }

    /** What it takes to find the API server of that cluster. */
    void find(String cluster) {
        add("eks:DescribeCluster", NONE, arns.named(cluster).ofCluster());
    }

    /** The policy document: one statement for each set of resources. */
    Map<String, Object> document() {
        Map<Statement, Set<String>> statements = new LinkedHashMap<>();
        resources.forEach((grant, of) -> statements
                .computeIfAbsent(new Statement(resources(of), grant.condition()), s -> new TreeSet<>())
                .add(grant.action()));
        List<Map<String, Object>> written = new ArrayList<>();
        statements.forEach((statement, actions) -> {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("Sid", "Cnishift" + (written.size() + 1));
            tree.put("Effect", "Allow");
            tree.put("Action", List.copyOf(actions));
            tree.put("Resource", statement.resources());
            if (!statement.condition().isEmpty()) {
                tree.put("Condition", statement.condition());
            }
            written.add(tree);
        });
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("Version", "2012-10-17");
        document.put("Statement", written);
        return document;
    }

    private record Statement(List<String> resources, Map<String, Object> condition) {}

    /** A resource beside a pattern that covers it would say nothing more. */
    private static List<String> resources(Set<String> of) {
        return of.stream()
                .filter(resource -> of.stream()
                        .noneMatch(other -> !other.equals(resource)
                                && (other.equals(Arns.ANY)
                                        || (other.endsWith("/*/*")
                                                && resource.startsWith(
                                                        other.substring(0, other.length() - "*/*".length()))))))
                .toList();
    }

    /** Lists of EC2, Auto Scaling and load balancers cannot be restricted to resources. */
    private static String read(String action, Arns of) {
        return switch (action) {
            case "eks:DescribeNodegroup" -> of.nodeGroup(Arns.ANY);
            case "eks:DescribeAddon" -> of.addon(Arns.ANY);
            case "eks:DescribePodIdentityAssociation" -> of.podIdentities();
            case "eks:DescribeAccessEntry", "eks:ListAssociatedAccessPolicies" -> of.accessEntries();
            case "eks:ListClusters" -> Arns.ANY;
            default -> action.startsWith("eks:") ? of.ofCluster() : Arns.ANY;
        };
    }
}
