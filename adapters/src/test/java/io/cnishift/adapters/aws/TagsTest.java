package io.cnishift.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.Owner;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TagsTest {

    @Test
    void eksctlIsKnownThoughItUsesCloudFormation() {
        assertThat(Tags.owner(Map.of(
                        "aws:cloudformation:stack-name", "eksctl-shop-nodegroup-a",
                        "alpha.eksctl.io/cluster-name", "shop")))
                .isEqualTo(new Owner(Owner.Kind.EKSCTL, "eksctl-shop-nodegroup-a"));
    }

    @Test
    void aStackOwnsWhatItMade() {
        assertThat(Tags.owner(Map.of("aws:cloudformation:stack-name", "nodes")))
                .isEqualTo(new Owner(Owner.Kind.CLOUDFORMATION, "nodes"));
    }

    @ParameterizedTest
    @CsvSource({
        "terraform, true, TERRAFORM",
        "Terraform, yes, TERRAFORM",
        "managed-by, Terraform, TERRAFORM",
        "ManagedBy, terragrunt, TERRAFORM",
        "Provisioner, OpenTofu, TERRAFORM",
        "terraform, false, NONE",
        "managed-by, ansible, NONE",
        "Name, terraform-test, NONE",
    })
    void terraformIsKnownByTheUsualTags(String key, String value, Owner.Kind kind) {
        assertThat(Tags.owner(Map.of(key, value)).kind()).isEqualTo(kind);
    }

    @Test
    void theWorkspaceNamesTheOwner() {
        assertThat(Tags.owner(Map.of("managed-by", "terraform", "tf-workspace", "platform/eks"))
                        .name())
                .isEqualTo("platform/eks");
    }

    @Test
    void nobodyOwnsWhatCarriesNoMark() {
        assertThat(Tags.owner(Map.of("team", "a"))).isEqualTo(Owner.NONE);
    }

    @Test
    void aSharedThingIsNotTheClusters() {
        assertThat(Tags.ofCluster(Map.of("kubernetes.io/cluster/shop", "owned"), "shop"))
                .isTrue();
        assertThat(Tags.ofCluster(Map.of("kubernetes.io/cluster/shop", "shared"), "shop"))
                .isFalse();
        assertThat(Tags.ofCluster(Map.of("elbv2.k8s.aws/cluster", "other"), "shop"))
                .isFalse();
    }
}
