package io.cnishift.strategy.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan;
import io.cnishift.api.MigrationPlan.Phase;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.cluster.Taint;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.plan.Executor;
import io.cnishift.api.step.AllowIngress;
import io.cnishift.api.step.ApplyManifest;
import io.cnishift.api.step.InstallRelease;
import io.cnishift.api.step.MakeNodeGroup;
import io.cnishift.api.step.MakeTemplateVersion;
import io.cnishift.api.step.ParkAutoscaling;
import io.cnishift.api.step.RemoveAddon;
import io.cnishift.api.step.RestoreAutoscaling;
import io.cnishift.api.step.RollNodes;
import io.cnishift.api.step.SetVpcCniEnv;
import io.cnishift.api.step.SwitchTargetType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class PhasesTest {

    @Test
    void walksTheSharedPhasesInOrder() {
        assertThat(Clusters.minnieWallace().planned().phases())
                .extracting(Phase::id)
                .containsExactly(
                        "preflight",
                        "decouple-lb",
                        "fence",
                        "install",
                        "host-network",
                        "roll",
                        "system-pods",
                        "remove-vpc-cni",
                        "steady",
                        "cleanup");
    }

    @Test
    void givesEveryStepAnIdOfItsOwnAReasonAndAWayBack() {
        for (Clusters cluster : List.of(Clusters.minnieWallace(), Clusters.govcloud(), Clusters.clean())) {
            assertThat(cluster.stepIds()).doesNotHaveDuplicates();
            assertThat(cluster.steps())
                    .allSatisfy(s -> assertThat(s.why()).isNotBlank())
                    .allSatisfy(s -> assertThat(s.rollback()).isNotBlank());
        }
    }

    @Test
    void labelsBeforeItFencesAndFencesBeforeItInstalls() {
        assertThat(Clusters.minnieWallace().stepIds())
                .containsSubsequence(
                        "park-autoscaling",
                        "label-old-nodes",
                        "route-old-pods-to-overlay",
                        "fence-aws-node",
                        "install-cilium",
                        "take-over-new-nodes",
                        "template-workers",
                        "group-workers",
                        "roll-workers",
                        "restart-system-pods",
                        "prove-new-side",
                        "remove-vpc-cni",
                        "steady-cilium",
                        "remove-takeover",
                        "restart-agents",
                        "remove-workers",
                        "restore-autoscaling");
    }

    @Test
    void takesPoliciesAwayBeforeTheFirstNodeOfPodsThatLoseTheirSecurityGroups() {
        Clusters dropping = Clusters.clean()
                .add("securityGroupPolicies", "namespace: shop\nname: cart\nsecurityGroups: [sg-1]\n")
                .accept("OVL-SECURITY-GROUPS-LOST");
        assertThat(dropping.option("securityGroupsForPods", "drop").stepIds())
                .containsSubsequence("install-cilium", "drop-shop.cart", "roll-workers");
        assertThat(dropping.option("securityGroupsForPods", "leave").stepIds())
                .as("such pods start on nodes with a trunk only, so nothing pins them")
                .noneMatch(id -> id.startsWith("drop-") || id.startsWith("keep-"));
    }

    @Test
    void marksThePointsOfNoReturn() {
        assertThat(Clusters.minnieWallace().steps())
                .filteredOn(Step::pointOfNoReturn)
                .extracting(Step::id)
                .containsExactly("remove-vpc-cni", "remove-workers");
        assertThat(Clusters.minnieWallace().assess().reversible().pointOfNoReturn())
                .contains("remove-vpc-cni");
    }

    @Test
    void raisesMaxPodsWithTheImageThatRunsNow() {
        MakeTemplateVersion template = Clusters.minnieWallace().params("template-workers", MakeTemplateVersion.class);
        assertThat(template.imageId()).contains("ami-06152bc6900227560");
        assertThat(template.maxPods()).hasValue(58);
        assertThat(template.joins()).as("EKS tells nothing beside an image").contains("minnie-wallace");
        assertThat(template.labels()).containsExactly(Map.entry("io.cilium.migration/cilium-default", "true"));
        assertThat(template.taints()).containsExactly(CiliumNodes.NOT_READY);
        assertThat(Clusters.clean()
                        .params("template-workers", MakeTemplateVersion.class)
                        .imageId())
                .as("its template names an image")
                .isEmpty();
    }

    @Test
    void joinsNewNodesWithLabelAndTaint() {
        MakeNodeGroup managed = Clusters.minnieWallace().params("group-workers", MakeNodeGroup.class);
        assertThat(managed.labels()).containsExactly(Map.entry("io.cilium.migration/cilium-default", "true"));
        assertThat(managed.taints()).containsExactly(new Taint("node.cilium.io/agent-not-ready", "true", "NoExecute"));
        MakeTemplateVersion own = Clusters.govcloud().params("template-gov-workers", MakeTemplateVersion.class);
        assertThat(own.labels())
                .containsEntry("example.gov/pool", "general")
                .containsEntry("io.cilium.migration/cilium-default", "true");
        assertThat(own.taints()).containsExactly(CiliumNodes.NOT_READY);
    }

    @Test
    void keepsWhatPodsReachOfTheMetadataService() {
        assertThat(Clusters.minnieWallace()
                        .params("template-workers", MakeTemplateVersion.class)
                        .hopLimit())
                .as("1 keeps pods away today")
                .isEmpty();
        assertThat(Clusters.govcloud()
                        .params("template-gov-workers", MakeTemplateVersion.class)
                        .hopLimit())
                .isEqualTo(OptionalInt.of(3));
        assertThat(Clusters.minnieWallace()
                        .option("imdsHopLimit", 2)
                        .params("template-workers", MakeTemplateVersion.class)
                        .hopLimit())
                .isEqualTo(OptionalInt.of(2));
    }

    @Test
    void excludesThePodRangeFromSnatAsTheClusterNeeds() {
        assertThat(env(Clusters.minnieWallace()))
                .isEqualTo(Map.of(
                        "AWS_EXTERNAL_SERVICE_CIDRS",
                        "10.244.0.0/16",
                        "AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS",
                        "10.244.0.0/16"));
        assertThat(env(Clusters.govcloud()))
                .as("nothing is rewritten there")
                .containsOnlyKeys("AWS_EXTERNAL_SERVICE_CIDRS");
        Clusters listed = Clusters.minnieWallace()
                .change(
                        "workloads",
                        "name",
                        "aws-node",
                        w -> Env.set(w, "AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS", "10.0.0.0/8"));
        assertThat(env(listed)).containsEntry("AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS", "10.0.0.0/8,10.244.0.0/16");
    }

    @Test
    void keepsTheSidesApartWhenAskedTo() {
        Clusters isolated =
                Clusters.minnieWallace().option("hybrid", "isolated").accept("OVL-ISOLATED");
        assertThat(isolated.stepIds())
                .doesNotContain("route-old-pods-to-overlay", "take-over-new-nodes", "remove-takeover");
        assertThat(Tree.flag(
                        isolated.params("install-cilium", InstallRelease.class).values(), "cni", "customConf"))
                .isFalse();
        assertThat(isolated.params("roll-workers", RollNodes.class).apart()).isTrue();
        assertThat(Clusters.minnieWallace()
                        .params("roll-workers", RollNodes.class)
                        .apart())
                .isFalse();
        assertThat(isolated.findings("OVL-ISOLATED"))
                .extracting(Finding::subject)
                .containsExactly("Service kube-system/kube-dns", "option hybrid");
        assertThat(isolated.findings("OVL-ISOLATED").get(1).message()).contains("default/nginx", "echo/echo");
    }

    @Test
    void replacesNodesWithinTheirGroupWhenAskedTo() {
        Clusters same = Clusters.clean()
                .change("nodeGroups", "name", "workers", g -> g.put("kind", "self-managed"))
                .option("nodes", "same-group");
        RollNodes roll = same.params("roll-workers", RollNodes.class);
        assertThat(roll.to()).isEqualTo("workers");
        assertThat(roll.templateStep()).isEqualTo("template-workers");
        assertThat(same.stepIds()).doesNotContain("group-workers", "remove-workers");
        MakeTemplateVersion template = same.params("template-workers", MakeTemplateVersion.class);
        assertThat(template.labels()).containsEntry("io.cilium.migration/cilium-default", "true");
        assertThat(template.taints()).contains(CiliumNodes.NOT_READY);
        ParkAutoscaling park = same.params("park-autoscaling", ParkAutoscaling.class);
        assertThat(park.processes()).doesNotContain("Launch");
        assertThat(park.newGroups()).isEmpty();
        assertThat(same.params("restore-autoscaling", RestoreAutoscaling.class).exceptGroups())
                .isEmpty();
    }

    @Test
    void takesAsManyExtraNodesAsAreToBeDrainedAtOnce() {
        RollNodes roll = Clusters.clean().option("maxUnavailable", 3).params("roll-workers", RollNodes.class);
        assertThat(roll.maxSurge()).isEqualTo(3);
        assertThat(roll.maxUnavailable()).isEqualTo(3);
    }

    @Test
    void waitsForThePartsOfHubbleThatItInstalls() {
        assertThat(ready("relay"))
                .contains("Deployment/kube-system/hubble-relay")
                .hasSize(3);
        assertThat(ready("ui")).contains("Deployment/kube-system/hubble-relay", "Deployment/kube-system/hubble-ui");
    }

    private static List<String> ready(String hubble) {
        return Clusters.clean()
                .option("hubble", hubble)
                .params("install-hubble", InstallRelease.class)
                .ready();
    }

    @Test
    void refusesAnIngressThatNamesTwoPortsOfAService() {
        Clusters two = Clusters.minnieWallace().change("ingresses", "name", "nginx", i -> {
            List<Object> rules = new ArrayList<>(Tree.list(i, "rules"));
            rules.add(Map.of("host", "", "path", "/x", "pathType", "Prefix", "service", "nginx", "port", "metrics"));
            i.put("rules", rules);
        });
        assertThat(two.refusal()).containsExactly("OVL-INGRESS-PORTS");
        assertThat(two.findings("OVL-INGRESS-PORTS").get(0).message()).contains("80, metrics", "nginx");
    }

    @Test
    void refusesALoadBalancerThatMayRegisterSomeNodesOnly() {
        Clusters some = Clusters.minnieWallace()
                .change(
                        "ingresses",
                        "name",
                        "nginx",
                        i -> Tree.map(i, "annotations")
                                .put("alb.ingress.kubernetes.io/target-node-labels", "pool=edge"));
        assertThat(some.refusal()).containsExactly("OVL-TARGET-NODES");
        assertThat(some.findings("OVL-TARGET-NODES").get(0).message()).contains("pool=edge");
    }

    @Test
    void parksWhatMovesNodes() {
        Clusters scaled = Clusters.minnieWallace().add("workloads", controller("Deployment", "cluster-autoscaler"));
        ParkAutoscaling park = scaled.params("park-autoscaling", ParkAutoscaling.class);
        assertThat(park.controllers()).containsExactly("Deployment/kube-system/cluster-autoscaler");
        assertThat(park.processes()).contains("Launch", "AZRebalance", "ReplaceUnhealthy");
        assertThat(park.newGroups())
                .containsExactly(scaled.params("roll-" + park.groups().get(0), RollNodes.class)
                        .to());
        assertThat(scaled.findings("OVL-AUTOSCALER")).hasSize(1);
    }

    @Test
    void parksARebooterAndADeschedulerOfAnyKind() {
        Clusters scaled = Clusters.minnieWallace()
                .add("workloads", controller("DaemonSet", "kured"))
                .add("workloads", controller("CronJob", "descheduler"))
                .add("workloads", controller("Job", "descheduler-once"));
        assertThat(scaled.params("park-autoscaling", ParkAutoscaling.class).controllers())
                .containsExactly("CronJob/kube-system/descheduler", "DaemonSet/kube-system/kured");
    }

    private static String controller(String kind, String name) {
        return """
                kind: %s
                namespace: kube-system
                name: %s
                uid: "1"
                resourceVersion: "1"
                generation: 1
                observedGeneration: 1
                desired: 1
                ready: 1
                updated: 1
                available: 1
                updateStrategy: RollingUpdate
                owner: {kind: none, name: ""}
                """.formatted(kind, name);
    }

    @Test
    void replacesKubeProxyOnNewNodesOnly() {
        Clusters replaced = Clusters.minnieWallace().option("kubeProxyReplacement", "new-nodes");
        assertThat(replaced.stepIds())
                .containsSubsequence("fence-aws-node", "fence-kube-proxy", "steady-cilium", "remove-kube-proxy");
        ApplyManifest fence = replaced.params("fence-kube-proxy", ApplyManifest.class);
        assertThat(Tree.strings(fence.object(), "spec", "template", "spec", "nodeSelector"))
                .isEqualTo(Map.of("io.cilium/aws-node-enabled", "true"));
        ApplyManifest takeover = replaced.params("take-over-new-nodes", ApplyManifest.class);
        assertThat(Tree.strings(takeover.object(), "spec", "defaults")).containsEntry("kube-proxy-replacement", "true");
        assertThat(Tree.text(
                        replaced.params("install-cilium", InstallRelease.class).values(), "k8sServiceHost"))
                .contains("6152BC6900227560417D5083C00E5A83.gr7.ap-south-1.eks.amazonaws.com");
        assertThat(replaced.params("remove-kube-proxy", RemoveAddon.class).workloads())
                .containsExactly("DaemonSet/kube-system/kube-proxy");
    }

    @Test
    void replacesKubeProxyAtTheEnd() {
        Clusters replaced =
                Clusters.minnieWallace().option("kubeProxyReplacement", "after").accept("OVL-KUBE-PROXY-CUT");
        assertThat(replaced.stepIds())
                .containsSubsequence(
                        "restart-agents",
                        "replace-kube-proxy",
                        "restart-agents-for-services",
                        "remove-kube-proxy",
                        "answer-health-checks",
                        "restart-agents-for-health");
        assertThat(Tree.at(
                        replaced.params("replace-kube-proxy", InstallRelease.class)
                                .values(),
                        "kubeProxyReplacement"))
                .contains("true");
        assertThat(replaced.stepIds()).doesNotContain("fence-kube-proxy");
    }

    @Test
    void installsHubbleLast() {
        Clusters hubble = Clusters.minnieWallace().option("hubble", "ui");
        assertThat(hubble.planned().phases()).extracting(Phase::id).endsWith("hubble", "cleanup");
        assertThat(Tree.flag(
                        hubble.params("install-hubble", InstallRelease.class).values(), "hubble", "ui", "enabled"))
                .isTrue();
    }

    @Test
    void laysThePhaseOverTheUsersValues() {
        Clusters valued = Clusters.minnieWallace()
                .values(Map.of("image", Map.of("repository", "mirror/cilium"), "routingMode", "tunnel"))
                .option("chart", "oci://mirror/charts/cilium")
                .option("ciliumVersion", "1.18.3");
        InstallRelease install = valued.params("install-cilium", InstallRelease.class);
        assertThat(install.chart()).isEqualTo("oci://mirror/charts/cilium");
        assertThat(install.chartVersion()).isEqualTo("1.18.3");
        assertThat(Tree.text(install.values(), "image", "repository")).contains("mirror/cilium");
        assertThat(Tree.text(install.values(), "upgradeCompatibility")).contains("1.18");
        assertThat(Clusters.minnieWallace()
                        .params("install-cilium", InstallRelease.class)
                        .chart())
                .isEqualTo("https://helm.cilium.io/cilium");
    }

    @Test
    void opensWhatIsClosedBetweenNodesAndNothingElse() {
        AllowIngress allow = Clusters.govcloud().params("allow-cilium-sg-0662eb202e8dd7803", AllowIngress.class);
        assertThat(allow.rules())
                .extracting(r -> r.protocol() + " " + r.fromPort() + " " + r.peer())
                .containsExactly("udp 8472 sg-0662eb202e8dd7803", "icmp 8 sg-0662eb202e8dd7803");
        assertThat(Clusters.minnieWallace().stepIds()).noneMatch(id -> id.startsWith("allow-cilium"));
        Clusters byRange = Clusters.govcloud().change("securityGroups", "name", "gov-nodes", g -> {
            List<Object> rules = new java.util.ArrayList<>(Tree.list(g, "ingress"));
            rules.add(Map.of(
                    "id",
                    "sgr-1",
                    "protocol",
                    "-1",
                    "fromPort",
                    -1,
                    "toPort",
                    -1,
                    "peer",
                    "10.40.8.0/25",
                    "description",
                    ""));
            g.put("ingress", rules);
        });
        assertThat(byRange.stepIds())
                .as("a range that holds the node subnet")
                .noneMatch(id -> id.startsWith("allow-cilium"));
    }

    @Test
    void opensBothDirectionsBetweenDifferentGroups() {
        Clusters two = Clusters.govcloud()
                .change(
                        "nodeGroups",
                        "name",
                        "gov-workers",
                        g -> Tree.map(g, "launchTemplate").put("securityGroups", List.of("sg-0fe55b7a44fb22754")));
        AllowIngress old = two.params("allow-cilium-sg-0662eb202e8dd7803", AllowIngress.class);
        AllowIngress fresh = two.params("allow-cilium-sg-0fe55b7a44fb22754", AllowIngress.class);
        assertThat(old.rules()).extracting(r -> r.fromPort() + " " + r.peer()).contains("8472 sg-0fe55b7a44fb22754");
        assertThat(fresh.rules())
                .extracting(r -> r.fromPort() + " " + r.peer())
                .contains("8472 sg-0662eb202e8dd7803", "8472 sg-0fe55b7a44fb22754", "4240 sg-0662eb202e8dd7803");
    }

    @Test
    void switchesNetworkLoadBalancersWithAGapThatIsSaid() {
        Clusters nlb = Clusters.clean().change("services", "name", "web", s -> {
            s.put("type", "LoadBalancer");
            s.put("annotations", Map.of("service.beta.kubernetes.io/aws-load-balancer-nlb-target-type", "ip"));
        });
        assertThat(nlb.refusal()).containsExactly("OVL-NLB-GAP");
        assertThat(nlb.findings("OVL-NLB-GAP").get(0).message()).contains("up to 240 s");
        SwitchTargetType step = nlb.accept("OVL-NLB-GAP").params("switch-shop.web", SwitchTargetType.class);
        assertThat(step.gapSeconds()).isEqualTo(240);
    }

    @Test
    void removesTheObjectsOfASelfManagedCni() {
        Clusters selfManaged = Clusters.minnieWallace()
                .edit(tree -> Tree.list(tree, "addons")
                        .removeIf(a -> ((Map<?, ?>) a).get("name").equals("vpc-cni")));
        RemoveAddon remove = selfManaged.params("remove-vpc-cni", RemoveAddon.class);
        assertThat(remove.objects()).extracting(o -> o.kind()).contains("DaemonSet", "ClusterRole", "ConfigMap");
        assertThat(remove.needs()).isEqualTo("io.cilium.migration/cilium-default");
        assertThat(Clusters.minnieWallace()
                        .params("remove-vpc-cni", RemoveAddon.class)
                        .objects())
                .isEmpty();
    }

    @Test
    void keepsOldGroupsThatAreInCodeOrWanted() {
        assertThat(Clusters.minnieWallace().option("oldGroups", "keep").stepIds())
                .doesNotContain("remove-workers");
        Clusters terraform = Clusters.minnieWallace()
                .change(
                        "nodeGroups",
                        "name",
                        "workers",
                        g -> g.put("owner", Map.of("kind", "terraform", "name", "platform")));
        assertThat(terraform.stepIds()).doesNotContain("remove-workers");
        assertThat(terraform.findings("OVL-IAC-OWNED")).hasSize(1);
    }

    @Test
    void leavesIngressesOfAGitOpsToolToIt() {
        Clusters argo = Clusters.minnieWallace()
                .change("ingresses", "name", "nginx", i -> i.put("owner", Map.of("kind", "argo-cd", "name", "shop")));
        assertThat(argo.step("decouple-default.nginx").executor()).isEqualTo(Executor.OWNER);
        assertThat(argo.step("decouple-echo.echo").executor()).isEqualTo(Executor.CNISHIFT);
    }

    @Test
    void findsANameThatIsFree() {
        Clusters taken = Clusters.minnieWallace().edit(tree -> {
            List<Object> groups = new java.util.ArrayList<>(Tree.list(tree, "nodeGroups"));
            Map<String, Object> other =
                    Tree.mutable(Tree.maps(tree, "nodeGroups").get(0));
            other.put("name", "workers-overlay");
            other.put("labels", Map.of("io.cilium.migration/cilium-default", "true"));
            groups.add(other);
            tree.put("nodeGroups", groups);
        });
        assertThat(taken.params("group-workers", MakeNodeGroup.class).name()).isEqualTo("workers-overlay-2");
    }

    @Test
    void isTheSamePlanEveryTime() {
        MigrationPlan once = Clusters.govcloud().planned();
        assertThat(Clusters.govcloud().planned()).isEqualTo(once);
    }

    private static Map<String, String> env(Clusters cluster) {
        return cluster.params("route-old-pods-to-overlay", SetVpcCniEnv.class).env();
    }
}
