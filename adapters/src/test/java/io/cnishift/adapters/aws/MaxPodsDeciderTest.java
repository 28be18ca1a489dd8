package io.cnishift.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.NodeGroup.MaxPodsBy;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class MaxPodsDeciderTest {

    private static final UserData SETS_58 = new UserData(true, OptionalInt.of(58), Map.of(), List.of());
    private static final UserData EKS_17 = new UserData(true, OptionalInt.of(17), Map.of(), List.of());

    @Test
    void eksDecidesWhereTheTemplateNamesNoImage() {
        assertThat(MaxPodsDecider.managed("AL2023_x86_64_STANDARD", false, SETS_58, EKS_17))
                .isEqualTo(new MaxPodsDecider(MaxPodsBy.MANAGED_GROUP, OptionalInt.of(17)));
    }

    @Test
    void theNumberOfEksIsNotGuessed() {
        assertThat(MaxPodsDecider.managed("AL2023_x86_64_STANDARD", false, UserData.NONE, UserData.NONE))
                .isEqualTo(new MaxPodsDecider(MaxPodsBy.MANAGED_GROUP, OptionalInt.empty()));
    }

    @Test
    void bottlerocketLetsTheTemplateWin() {
        assertThat(MaxPodsDecider.managed("BOTTLEROCKET_ARM_64", false, SETS_58, EKS_17))
                .isEqualTo(new MaxPodsDecider(MaxPodsBy.USER_DATA, OptionalInt.of(58)));
    }

    @Test
    void anOwnImageLeavesItToTheUserData() {
        assertThat(MaxPodsDecider.managed("CUSTOM", true, SETS_58, EKS_17).by()).isEqualTo(MaxPodsBy.USER_DATA);
    }

    @Test
    void theImagesFormulaDecidesLast() {
        assertThat(MaxPodsDecider.managed("CUSTOM", true, UserData.NONE, EKS_17))
                .isEqualTo(new MaxPodsDecider(MaxPodsBy.ENI_FORMULA, OptionalInt.empty()));
        assertThat(MaxPodsDecider.selfManaged(UserData.NONE).by()).isEqualTo(MaxPodsBy.ENI_FORMULA);
    }
}
