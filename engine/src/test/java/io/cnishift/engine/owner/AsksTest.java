package io.cnishift.engine.owner;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.CreateSubnetCidrReservation;
import io.cnishift.api.act.CreateTemplateVersion;
import io.cnishift.api.act.DeleteSubnetCidrReservation;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.act.SetGroupSize;
import io.cnishift.api.act.UpdateAddon;
import io.cnishift.api.act.UpgradeRelease;
import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.cluster.Addon;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Release;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.View;
import io.cnishift.api.cluster.ViewFeed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class AsksTest {

    private static final PatchObject HOST_NETWORK = new PatchObject(
            ObjectRef.of("apps/v1", "Deployment", "kube-system", "metrics-server"),
            PatchType.STRATEGIC,
            Map.of("spec", Map.of("template", Map.of("spec", Map.of("hostNetwork", true)))),
            Optional.empty());

    @Test
    void anOverlayOfArgoCdGetsAPatch() {
        Ask ask = Asks.of(
                view(deployment(
                        Map.of(),
                        Map.of("argocd.argoproj.io/tracking-id", "infra:apps/Deployment:kube-system/metrics-server"))),
                HOST_NETWORK);

        assertThat(ask.owner()).isEqualTo(new Owner(Owner.Kind.ARGO_CD, "infra"));
        assertThat(ask.language()).isEqualTo(Language.KUSTOMIZE);
        assertThat(ask.text()).isEqualTo("""
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata:
                          name: metrics-server
                          namespace: kube-system
                        spec:
                          template:
                            spec:
                              hostNetwork: true""");
        assertThat(ask.sentence())
                .isEqualTo("argo-cd infra has to change Deployment kube-system/metrics-server (Kustomize):"
                        + " {\"spec\":{\"template\":{\"spec\":{\"hostNetwork\":true}}}}");
    }

    @Test
    void aChartGetsTheValueThatIsKnownAndWhatItHasToRender() {
        Ask ask = Asks.of(
                view(deployment(
                        Map.of(
                                "helm.sh/chart",
                                "metrics-server-3.12.1",
                                "helm.toolkit.fluxcd.io/name",
                                "metrics",
                                "helm.toolkit.fluxcd.io/namespace",
                                "flux-system"),
                        Map.of())),
                HOST_NETWORK);

        assertThat(ask.owner()).isEqualTo(new Owner(Owner.Kind.FLUX, "flux-system/metrics"));
        assertThat(ask.language()).isEqualTo(Language.HELM_VALUES);
        assertThat(ask.where()).contains("spec.values of the HelmRelease");
        assertThat(ask.text()).isEqualTo("hostNetwork:\n  enabled: true");
        assertThat(ask.rendered().orElseThrow()).contains("hostNetwork: true");
        assertThat(ask.brief()).isEqualTo("{\"hostNetwork.enabled\":true}");
    }

    @Test
    void aChartWhoseValuesAreNotKnownIsToldWhatItHasToRender() {
        Ask ask = Asks.of(
                view(deployment(Map.of("helm.sh/chart", "other-1"), Map.of("meta.helm.sh/release-name", "other"))),
                HOST_NETWORK);

        assertThat(ask.brief()).startsWith("what the chart renders as {");
        assertThat(ask.where()).contains("--post-renderer");
    }

    @Test
    void terraformGetsResourceTypeAttributeAndValue() {
        Ask ask = Asks.of(view(group(Owner.Kind.TERRAFORM)), new SetGroupSize("blue", 1, 9, 4));

        assertThat(ask.owner().kind()).isEqualTo(Owner.Kind.TERRAFORM);
        assertThat(ask.text()).isEqualTo("""
                        aws_eks_node_group[blue] scaling_config.min_size = 1
                        aws_eks_node_group[blue] scaling_config.max_size = 9
                        aws_eks_node_group[blue] scaling_config.desired_size = 4""");
    }

    @Test
    void aRangeThatIsKeptIsAResourceOfItsOwn() {
        Cidr subnet = Cidr.parse("10.0.0.0/20");
        assertThat(CodeFields.of(
                        view(group(Owner.Kind.TERRAFORM)),
                        new CreateSubnetCidrReservation("vpc-1", subnet, subnet.nth(26, 2))))
                .containsExactly(new CodeField(
                        "aws_ec2_subnet_cidr_reservation[10.0.0.128/26] subnet_id, cidr_block, reservation_type",
                        "AWS::EC2::SubnetCidrReservation[10.0.0.128/26] SubnetId, Cidr, ReservationType",
                        "",
                        "10.0.0.0/20, 10.0.0.128/26, prefix"));
        assertThat(CodeFields.of(
                        view(group(Owner.Kind.TERRAFORM)),
                        new DeleteSubnetCidrReservation("vpc-1", subnet, subnet.nth(26, 2))))
                .extracting(CodeField::terraform)
                .containsExactly("aws_ec2_subnet_cidr_reservation[10.0.0.128/26]");
    }

    @Test
    void aStackGetsPropertiesAndEksctlItsOwnFieldsWhereItHasThem() {
        SetGroupSize size = new SetGroupSize("blue", 1, 9, 4);
        CreateTemplateVersion hops = new CreateTemplateVersion(
                "lt-1", 3, "m/s", Optional.empty(), OptionalInt.of(58), OptionalInt.of(3), Map.of(), List.of());

        assertThat(Asks.of(view(group(Owner.Kind.CLOUDFORMATION)), size).text())
                .contains("AWS::EKS::Nodegroup[blue] ScalingConfig.DesiredSize = 4");
        assertThat(Asks.of(view(group(Owner.Kind.EKSCTL)), size).text())
                .contains("managedNodeGroups[blue].desiredCapacity = 4");
        assertThat(Asks.of(view(group(Owner.Kind.EKSCTL)), hops).text())
                .contains("AWS::EC2::LaunchTemplate[shop] LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit"
                        + " (in the stack; eksctl has no field for it) = 3");
        assertThat(Asks.of(view(group(Owner.Kind.TERRAFORM)), hops).text())
                .contains("aws_launch_template[shop] metadata_options.http_put_response_hop_limit = 3")
                .contains("user_data = (as it is, and for the kubelet maxPods: 58)");
    }

    @Test
    void anAddOnThatAStackMadeIsChangedInTheStack() {
        Addon addon = new Addon(
                "vpc-cni",
                "v1.19.0",
                "ACTIVE",
                Map.of(),
                Optional.empty(),
                false,
                List.of(),
                Map.of("aws:cloudformation:stack-name", "eks"));
        Ask ask = Asks.of(view(addon), new UpdateAddon("vpc-cni", Map.of("env", Map.of("WARM_IP_TARGET", "1"))));

        assertThat(ask.sentence())
                .isEqualTo("cloudformation eks has to change add-on vpc-cni (CloudFormation):"
                        + " AWS::EKS::Addon[vpc-cni] ConfigurationValues = {\"env\":{\"WARM_IP_TARGET\":\"1\"}}");
    }

    @Test
    void aReleaseIsOfWhoeverOwnsWhatItRenders() {
        UpgradeRelease upgrade = new UpgradeRelease(
                "kube-system", "metrics-server", "repo/metrics-server", "3.12.1", Map.of("replicas", 2));
        Release release =
                new Release("kube-system", "metrics-server", "metrics-server", "3.12.1", "deployed", 1, Map.of());
        Resource flux = deployment(
                Map.of("helm.toolkit.fluxcd.io/name", "metrics", "helm.toolkit.fluxcd.io/namespace", "flux-system"),
                Map.of("meta.helm.sh/release-name", "metrics-server"));
        Resource helm = deployment(Map.of(), Map.of("meta.helm.sh/release-name", "metrics-server"));

        Ask ask = Asks.of(view(release, flux), upgrade);

        assertThat(ask.owner()).isEqualTo(new Owner(Owner.Kind.FLUX, "flux-system/metrics"));
        assertThat(ask.where()).contains("in spec.chart and spec.values of the HelmRelease");
        assertThat(Owners.of(view(release, flux), "releases/kube-system/metrics-server"))
                .isEqualTo(ask.owner());
        assertThat(Asks.of(view(release, helm), upgrade).owner()).isEqualTo(Owner.NONE);
        assertThat(Asks.of(view(release, helm), upgrade).where()).contains("helm -n kube-system upgrade");
    }

    @Test
    void whatNobodyOwnsIsACommand() {
        Ask ask = Asks.of(
                new ViewFeed().view(),
                new ApplyObject(Map.of(
                        "apiVersion", "v1", "kind", "ConfigMap", "metadata", Map.of("name", "x", "namespace", "n"))));

        assertThat(ask.language()).isEqualTo(Language.COMMAND);
        assertThat(ask.sentence()).startsWith("the owner has to do: printf").contains("kubectl apply");
    }

    private static View view(Resource... resources) {
        ViewFeed feed = new ViewFeed();
        Stream.of(resources).map(Change::of).forEach(feed::apply);
        return feed.view();
    }

    private static Resource deployment(Map<String, String> labels, Map<String, String> annotations) {
        return KubeProjection.workload(Map.of(
                "apiVersion", "apps/v1",
                "kind", "Deployment",
                "metadata",
                        Map.of(
                                "name",
                                "metrics-server",
                                "namespace",
                                "kube-system",
                                "labels",
                                labels,
                                "annotations",
                                annotations)));
    }

    private static Resource group(Owner.Kind owner) {
        NodeGroup.LaunchTemplate template = new NodeGroup.LaunchTemplate(
                "lt-1", "shop", 3, Optional.empty(), true, 2, true, List.of(), Optional.empty());
        return new NodeGroup(
                "blue",
                NodeGroup.Kind.MANAGED,
                "ACTIVE",
                Optional.of("asg-blue"),
                1,
                8,
                3,
                List.of("m5.large"),
                "AL2023_x86_64_STANDARD",
                "on-demand",
                List.of("subnet-a"),
                Optional.of(template),
                NodeGroup.MaxPodsBy.USER_DATA,
                OptionalInt.of(29),
                Map.of(),
                List.of(),
                "role",
                false,
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                new Owner(owner, "shop"));
    }
}
