package io.cnishift.api.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OwnerTagsTest {

    @Test
    void eksctlIsKnownThoughItUsesCloudFormation() {
        assertThat(OwnerTags.owner(Map.of(
                        "aws:cloudformation:stack-name", "eksctl-shop-nodegroup-a",
                        "alpha.eksctl.io/cluster-name", "shop")))
                .isEqualTo(new Owner(Owner.Kind.EKSCTL, "eksctl-shop-nodegroup-a"));
    }

    @Test
    void aStackOwnsWhatItMade() {
        assertThat(OwnerTags.owner(Map.of("aws:cloudformation:stack-name", "nodes")))
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
        assertThat(OwnerTags.owner(Map.of(key, value)).kind()).isEqualTo(kind);
    }

    @Test
    void theWorkspaceNamesTheOwner() {
        assertThat(OwnerTags.owner(Map.of("managed-by", "terraform", "tf-workspace", "platform/eks"))
                        .name())
                .isEqualTo("platform/eks");
    }

    @Test
    void nobodyOwnsWhatCarriesNoMark() {
        assertThat(OwnerTags.owner(Map.of("team", "a"))).isEqualTo(Owner.NONE);
    }
}
