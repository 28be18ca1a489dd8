package io.cnishift.adapters.aws;

import io.cnishift.adapters.resilience.Calls;
import io.cnishift.adapters.resilience.Operation;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.Filter;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.GetInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.Role;

/** The requests to Auto Scaling, and the one to IAM that tells the role behind a group's instance profile. */
final class ScalingApi {

    private static final int PAGE = 100;
    private static final int NAMES_IN_A_REQUEST = 100;

    private final Supplier<AutoScalingClient> client;
    private final Supplier<IamClient> iam;
    private final Calls calls;

    ScalingApi(Supplier<AutoScalingClient> client, Supplier<IamClient> iam, Calls calls) {
        this.client = client;
        this.iam = iam;
        this.calls = calls;
    }

    /** Groups that carry a tag of one of these keys. */
    List<AutoScalingGroup> groupsTagged(String... keys) {
        Filter filter = Filter.builder().name("tag-key").values(keys).build();
        return groups(request -> request.filters(filter));
    }

    List<AutoScalingGroup> groups(Collection<String> names) {
        return Pages.batches(names, NAMES_IN_A_REQUEST, some -> groups(request -> request.autoScalingGroupNames(some)));
    }

    private List<AutoScalingGroup> groups(Consumer<DescribeAutoScalingGroupsRequest.Builder> which) {
        return Pages.all(
                token -> {
                    DescribeAutoScalingGroupsRequest request = DescribeAutoScalingGroupsRequest.builder()
                            .applyMutation(which)
                            .maxRecords(PAGE)
                            .nextToken(token)
                            .build();
                    return calls.call(
                            Operation.aws("autoscaling", "DescribeAutoScalingGroups"),
                            () -> client.get().describeAutoScalingGroups(request));
                },
                DescribeAutoScalingGroupsResponse::autoScalingGroups,
                DescribeAutoScalingGroupsResponse::nextToken);
    }

    List<Role> rolesOfProfile(String instanceProfile) {
        GetInstanceProfileRequest request = GetInstanceProfileRequest.builder()
                .instanceProfileName(instanceProfile)
                .build();
        return calls.call(
                Operation.aws("iam", "GetInstanceProfile"),
                () -> iam.get().getInstanceProfile(request).instanceProfile().roles());
    }
}
