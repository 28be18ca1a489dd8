package io.cnishift.adapters.aws;

import static io.cnishift.adapters.aws.NodeGroupRecords.number;

import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.ActResult.Reason;
import java.util.Optional;
import software.amazon.awssdk.services.eks.model.Nodegroup;
import software.amazon.awssdk.services.eks.model.NodegroupScalingConfig;

/** Minimum, maximum and wanted size of a group. */
record Sizes(int min, int max, int desired) {

    static Sizes of(GroupSource group) {
        Optional<Sizes> managed = group.managed()
                .map(Nodegroup::scalingConfig)
                .map(s -> new Sizes(number(s.minSize()), number(s.maxSize()), number(s.desiredSize())));
        return managed.or(() -> group.scaling()
                        .map(s -> new Sizes(number(s.minSize()), number(s.maxSize()), number(s.desiredCapacity()))))
                .orElse(new Sizes(0, 0, 0));
    }

    /** What is wrong with them, if anything, for a group of that name. */
    Optional<ActResult> refusal(String group) {
        boolean possible = min >= 0 && min <= desired && desired <= max;
        return possible
                ? Optional.empty()
                : Optional.of(ActResults.no(
                        Reason.INVALID,
                        "sizes " + min + " <= " + desired + " <= " + max + " of " + group + " are impossible"));
    }

    NodegroupScalingConfig config() {
        return NodegroupScalingConfig.builder()
                .minSize(min)
                .maxSize(max)
                .desiredSize(desired)
                .build();
    }
}
