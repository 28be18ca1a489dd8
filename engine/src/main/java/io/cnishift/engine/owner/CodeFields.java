package io.cnishift.engine.owner;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.AssociateCidrBlock;
import io.cnishift.api.act.AssociateRouteTable;
import io.cnishift.api.act.AuthorizeIngress;
import io.cnishift.api.act.CreateAddon;
import io.cnishift.api.act.CreateAutoScalingGroup;
import io.cnishift.api.act.CreateNodeGroup;
import io.cnishift.api.act.CreateSubnet;
import io.cnishift.api.act.CreateSubnetCidrReservation;
import io.cnishift.api.act.CreateSubnetTag;
import io.cnishift.api.act.CreateTemplateVersion;
import io.cnishift.api.act.DeleteAddon;
import io.cnishift.api.act.DeleteAutoScalingGroup;
import io.cnishift.api.act.DeleteNodeGroup;
import io.cnishift.api.act.DeleteSubnet;
import io.cnishift.api.act.DeleteSubnetCidrReservation;
import io.cnishift.api.act.DeleteSubnetTag;
import io.cnishift.api.act.DisassociateCidrBlock;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.RevokeIngress;
import io.cnishift.api.act.SetAutoRepair;
import io.cnishift.api.act.SetGroupSize;
import io.cnishift.api.act.UpdateAddon;
import io.cnishift.api.act.UseTemplateVersion;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.SecurityGroup;
import io.cnishift.api.cluster.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** The attributes that an act on AWS changes. Empty for acts that no code states, such as ending one instance. Pure. */
final class CodeFields {

    static final String GONE = "(remove the resource)";

    private static final Map<Class<? extends Act>, BiFunction<View, Act, List<CodeField>>> BY_TYPE = table();

    private CodeFields() {}

    static List<CodeField> of(View view, Act act) {
        return BY_TYPE.getOrDefault(act.getClass(), (v, a) -> List.of()).apply(view, act);
    }

    private static Map<Class<? extends Act>, BiFunction<View, Act, List<CodeField>>> table() {
        Map<Class<? extends Act>, BiFunction<View, Act, List<CodeField>>> table = new HashMap<>();
        put(table, CreateNodeGroup.class, (view, act) -> made(act));
        put(table, CreateAutoScalingGroup.class, (view, act) -> made(act));
        put(table, CreateTemplateVersion.class, (view, act) -> template(view, act));
        put(table, SetGroupSize.class, (view, act) -> {
            Group group = Group.of(view, act.group());
            return group.sizes(act.minSize(), act.maxSize(), act.desiredSize());
        });
        put(
                table,
                UseTemplateVersion.class,
                (view, act) -> List.of(Group.of(view, act.group())
                        .field(
                                "launch_template.version",
                                "LaunchTemplate.Version",
                                "launchTemplate.version",
                                String.valueOf(act.version()))));
        put(
                table,
                SetAutoRepair.class,
                (view, act) -> List.of(Group.of(view, act.group())
                        .field(
                                "node_repair_config.enabled",
                                "NodeRepairConfig.Enabled",
                                "nodeRepairConfig.enabled",
                                String.valueOf(act.enabled()))));
        put(table, DeleteNodeGroup.class, (view, act) -> List.of(new Group(act.name(), true).gone()));
        put(table, DeleteAutoScalingGroup.class, (view, act) -> List.of(new Group(act.name(), false).gone()));
        put(table, UpdateAddon.class, (view, act) -> changed(act));
        put(
                table,
                CreateAddon.class,
                (view, act) ->
                        List.of(version(act.name(), act.version()), configuration(act.name(), act.configuration())));
        put(
                table,
                DeleteAddon.class,
                (view, act) -> List.of(new CodeField(
                        addon(act.name()), "AWS::EKS::Addon[" + act.name() + "]", "addons[" + act.name() + "]", GONE)));
        put(table, AuthorizeIngress.class, (view, act) -> rules(act.securityGroup(), act.rules(), ""));
        put(table, RevokeIngress.class, (view, act) -> rules(act.securityGroup(), act.rules(), "remove "));
        put(table, AssociateCidrBlock.class, (view, act) -> List.of(VpcFields.block(act)));
        put(table, CreateSubnet.class, (view, act) -> VpcFields.subnet(act));
        put(table, AssociateRouteTable.class, (view, act) -> List.of(VpcFields.routeTable(act)));
        put(table, CreateSubnetTag.class, (view, act) -> List.of(VpcFields.tag(act)));
        put(table, CreateSubnetCidrReservation.class, (view, act) -> List.of(VpcFields.reservation(act)));
        put(
                table,
                DeleteSubnetCidrReservation.class,
                (view, act) -> List.of(VpcFields.gone(
                        "aws_ec2_subnet_cidr_reservation", "AWS::EC2::SubnetCidrReservation", act.range())));
        put(
                table,
                DisassociateCidrBlock.class,
                (view, act) -> List.of(
                        VpcFields.gone("aws_vpc_ipv4_cidr_block_association", "AWS::EC2::VPCCidrBlock", act.cidr())));
        put(
                table,
                DeleteSubnet.class,
                (view, act) -> List.of(VpcFields.gone("aws_subnet", "AWS::EC2::Subnet", act.cidr())));
        put(
                table,
                DeleteSubnetTag.class,
                (view, act) -> List.of(VpcFields.gone(
                        "aws_subnet[" + act.subnet() + "] tags",
                        "AWS::EC2::Subnet[" + act.subnet() + "] Tags",
                        act.key())));
        return Map.copyOf(table);
    }

    private static <A extends Act> void put(
            Map<Class<? extends Act>, BiFunction<View, Act, List<CodeField>>> table,
            Class<A> type,
            BiFunction<View, A, List<CodeField>> fields) {
        table.put(type, (view, act) -> fields.apply(view, type.cast(act)));
    }

    /** Fields of a Kubernetes object that Terraform states. */
    static List<CodeField> manifest(ObjectRef object, Map<String, Object> patch) {
        List<CodeField> fields = new ArrayList<>();
        String name = object.namespace().map(n -> n + "/").orElse("") + object.name();
        Words.leaves("manifest", patch)
                .forEach((path, value) -> fields.add(new CodeField(
                        "kubernetes_manifest[" + object.kind() + " " + name + "] " + path, "", "", value)));
        return fields;
    }

    /** A group of nodes as code names it. */
    private record Group(String name, boolean managed) {

        static Group of(View view, String name) {
            return new Group(
                    name,
                    view.nodeGroup(name)
                            .filter(g -> g.kind() == NodeGroup.Kind.MANAGED)
                            .isPresent());
        }

        CodeField field(String terraform, String cloudFormation, String eksctl, String value) {
            return new CodeField(
                    terraform() + " " + terraform,
                    cloudFormation() + " " + cloudFormation,
                    eksctl() + "." + eksctl,
                    value);
        }

        CodeField gone() {
            return new CodeField(terraform(), cloudFormation(), eksctl(), GONE);
        }

        List<CodeField> sizes(int min, int max, int desired) {
            String block = managed ? "scaling_config." : "";
            String config = managed ? "ScalingConfig." : "";
            return List.of(
                    field(block + "min_size", config + "MinSize", "minSize", String.valueOf(min)),
                    field(block + "max_size", config + "MaxSize", "maxSize", String.valueOf(max)),
                    field(
                            block + (managed ? "desired_size" : "desired_capacity"),
                            managed ? "ScalingConfig.DesiredSize" : "DesiredCapacity",
                            "desiredCapacity",
                            String.valueOf(desired)));
        }

        private String terraform() {
            return (managed ? "aws_eks_node_group" : "aws_autoscaling_group") + "[" + name + "]";
        }

        private String cloudFormation() {
            return (managed ? "AWS::EKS::Nodegroup" : "AWS::AutoScaling::AutoScalingGroup") + "[" + name + "]";
        }

        private String eksctl() {
            return (managed ? "managedNodeGroups" : "nodeGroups") + "[" + name + "]";
        }
    }

    private static List<CodeField> made(CreateNodeGroup act) {
        Group group = new Group(act.name(), true);
        List<CodeField> fields = new ArrayList<>();
        fields.add(copyOf(group, act.like()));
        act.templateVersion()
                .ifPresent(version -> fields.add(group.field(
                        "launch_template.version",
                        "LaunchTemplate.Version",
                        "launchTemplate.version",
                        String.valueOf(version))));
        fields.addAll(group.sizes(act.minSize(), act.maxSize(), act.desiredSize()));
        fields.add(group.field("subnet_ids", "Subnets", "subnets", CodeField.list(act.subnets())));
        Words.pairs(act.labels())
                .forEach((key, value) -> fields.add(
                        group.field("labels[" + key + "]", "Labels[" + key + "]", "labels[" + key + "]", value)));
        act.taints().forEach(taint -> fields.add(group.field("taint", "Taints", "taints", Words.taint(taint))));
        fields.addAll(tags(group, act.tags()));
        return fields;
    }

    private static List<CodeField> made(CreateAutoScalingGroup act) {
        Group group = new Group(act.name(), false);
        List<CodeField> fields = new ArrayList<>();
        fields.add(copyOf(group, act.like()));
        fields.add(group.field(
                "launch_template.version",
                "LaunchTemplate.Version",
                "launchTemplate.version",
                String.valueOf(act.templateVersion())));
        fields.addAll(group.sizes(act.minSize(), act.maxSize(), act.desiredSize()));
        fields.add(group.field("vpc_zone_identifier", "VPCZoneIdentifier", "subnets", CodeField.list(act.subnets())));
        fields.addAll(tags(group, act.tags()));
        return fields;
    }

    /** By which the run knows the group again. */
    private static List<CodeField> tags(Group group, Map<String, String> tags) {
        return Words.pairs(tags).entrySet().stream()
                .map(t -> group.field(
                        "tags[" + t.getKey() + "]",
                        "Tags[" + t.getKey() + "]",
                        "tags[" + t.getKey() + "]",
                        t.getValue()))
                .toList();
    }

    private static CodeField copyOf(Group group, String like) {
        return new CodeField(
                group.terraform(), group.cloudFormation(), group.eksctl(), "(new, a copy of " + like + ")");
    }

    private static List<CodeField> template(View view, CreateTemplateVersion act) {
        String name = view.nodeGroups().stream()
                .flatMap(g -> g.launchTemplate().stream())
                .filter(t -> t.id().equals(act.template()))
                .map(NodeGroup.LaunchTemplate::name)
                .findFirst()
                .orElse(act.template());
        Template template = new Template(name);
        List<CodeField> fields = new ArrayList<>();
        fields.add(template.field("description", "VersionDescription", act.description()));
        act.imageId().ifPresent(image -> fields.add(template.field("image_id", "LaunchTemplateData.ImageId", image)));
        act.hopLimit()
                .ifPresent(hops -> fields.add(template.field(
                        "metadata_options.http_put_response_hop_limit",
                        "LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit",
                        String.valueOf(hops))));
        List<String> kubelet = new ArrayList<>();
        act.maxPods().ifPresent(pods -> kubelet.add("maxPods: " + pods));
        Words.pairs(act.labels()).forEach((key, value) -> kubelet.add("label " + key + "=" + value));
        act.taints().forEach(taint -> kubelet.add("taint " + Words.taint(taint)));
        if (!kubelet.isEmpty()) {
            fields.add(template.field(
                    "user_data",
                    "LaunchTemplateData.UserData",
                    "(as it is, and for the kubelet " + String.join(", ", kubelet) + ")"));
        }
        return fields;
    }

    /** A launch template; eksctl takes one that it has not made, and names none of its fields. */
    private record Template(String name) {
        CodeField field(String terraform, String cloudFormation, String value) {
            return new CodeField(
                    "aws_launch_template[" + name + "] " + terraform,
                    "AWS::EC2::LaunchTemplate[" + name + "] " + cloudFormation,
                    "",
                    value);
        }
    }

    private static String addon(String name) {
        return "aws_eks_addon[" + name + "]";
    }

    private static List<CodeField> changed(UpdateAddon act) {
        List<CodeField> fields = new ArrayList<>();
        act.version().ifPresent(v -> fields.add(version(act.name(), v)));
        act.role()
                .ifPresent(role -> fields.add(new CodeField(
                        addon(act.name()) + " service_account_role_arn",
                        "AWS::EKS::Addon[" + act.name() + "] ServiceAccountRoleArn",
                        "addons[" + act.name() + "].serviceAccountRoleARN",
                        role)));
        fields.add(configuration(act.name(), act.configuration()));
        return fields;
    }

    private static CodeField version(String name, String version) {
        return new CodeField(
                addon(name) + " addon_version",
                "AWS::EKS::Addon[" + name + "] AddonVersion",
                "addons[" + name + "].version",
                version);
    }

    private static CodeField configuration(String name, Map<String, Object> configuration) {
        return new CodeField(
                addon(name) + " configuration_values",
                "AWS::EKS::Addon[" + name + "] ConfigurationValues",
                "addons[" + name + "].configurationValues",
                Words.json(configuration));
    }

    private static List<CodeField> rules(String group, List<SecurityGroup.Rule> rules, String how) {
        return rules.stream()
                .map(rule -> new CodeField(
                        "aws_vpc_security_group_ingress_rule security_group_id, ip_protocol, from_port, to_port, "
                                + (peerIsGroup(rule) ? "referenced_security_group_id" : "cidr_ipv4"),
                        "AWS::EC2::SecurityGroupIngress GroupId, IpProtocol, FromPort, ToPort, "
                                + (peerIsGroup(rule) ? "SourceSecurityGroupId" : "CidrIp"),
                        "",
                        how + group + ", " + rule.protocol() + ", " + rule.fromPort() + ", " + rule.toPort() + ", "
                                + rule.peer()))
                .toList();
    }

    private static boolean peerIsGroup(SecurityGroup.Rule rule) {
        return rule.peer().startsWith("sg-");
    }
}
