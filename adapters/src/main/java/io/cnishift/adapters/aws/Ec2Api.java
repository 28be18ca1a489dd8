package io.cnishift.adapters.aws;

import io.cnishift.adapters.resilience.Calls;
import io.cnishift.adapters.resilience.Operation;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CapacityReservation;
import software.amazon.awssdk.services.ec2.model.DescribeCapacityReservationsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;

/** The requests to EC2 about instances and what makes them. */
final class Ec2Api {

    private static final int PAGE = 1000;
    private static final int TYPES_PAGE = 100;
    private static final int TEMPLATE_PAGE = 200;
    private static final int IDS_IN_A_FILTER = 200;

    private final Supplier<Ec2Client> client;
    private final Calls calls;

    Ec2Api(Supplier<Ec2Client> client, Calls calls) {
        this.client = client;
        this.calls = calls;
    }

    /** Instances that carry a tag of that key. */
    List<Instance> instancesTagged(String key) {
        return instances(filter("tag-key", List.of(key)));
    }

    List<Instance> instances(Collection<String> ids) {
        return Pages.batches(ids, IDS_IN_A_FILTER, some -> instances(filter("instance-id", some)));
    }

    private List<Instance> instances(Filter filter) {
        return Pages.all(
                token -> {
                    DescribeInstancesRequest request = DescribeInstancesRequest.builder()
                            .filters(filter)
                            .maxResults(PAGE)
                            .nextToken(token)
                            .build();
                    return call("DescribeInstances", () -> client.get().describeInstances(request));
                },
                page -> page.reservations().stream()
                        .flatMap(r -> r.instances().stream())
                        .toList(),
                DescribeInstancesResponse::nextToken);
    }

    /** One version of a template, by number, {@code $Default} or {@code $Latest}. */
    List<LaunchTemplateVersion> templateVersion(String template, String version) {
        DescribeLaunchTemplateVersionsRequest request = DescribeLaunchTemplateVersionsRequest.builder()
                .launchTemplateId(template)
                .versions(version)
                .build();
        return call(
                "DescribeLaunchTemplateVersions",
                () -> client.get().describeLaunchTemplateVersions(request).launchTemplateVersions());
    }

    /** The versions of a template from that number on. */
    List<LaunchTemplateVersion> templateVersionsFrom(String template, long least) {
        return Pages.all(
                token -> {
                    DescribeLaunchTemplateVersionsRequest request = DescribeLaunchTemplateVersionsRequest.builder()
                            .launchTemplateId(template)
                            .minVersion(Long.toString(least))
                            .maxResults(TEMPLATE_PAGE)
                            .nextToken(token)
                            .build();
                    return call(
                            "DescribeLaunchTemplateVersions",
                            () -> client.get().describeLaunchTemplateVersions(request));
                },
                DescribeLaunchTemplateVersionsResponse::launchTemplateVersions,
                DescribeLaunchTemplateVersionsResponse::nextToken);
    }

    /** The capacity reservation of that id. */
    List<CapacityReservation> capacityReservation(String id) {
        DescribeCapacityReservationsRequest request = DescribeCapacityReservationsRequest.builder()
                .capacityReservationIds(id)
                .build();
        return call(
                "DescribeCapacityReservations",
                () -> client.get().describeCapacityReservations(request).capacityReservations());
    }

    List<InstanceTypeInfo> instanceTypes() {
        return Pages.all(
                token -> {
                    DescribeInstanceTypesRequest request = DescribeInstanceTypesRequest.builder()
                            .maxResults(TYPES_PAGE)
                            .nextToken(token)
                            .build();
                    return call("DescribeInstanceTypes", () -> client.get().describeInstanceTypes(request));
                },
                DescribeInstanceTypesResponse::instanceTypes,
                DescribeInstanceTypesResponse::nextToken);
    }

    static Filter filter(String name, Collection<String> values) {
        return Filter.builder().name(name).values(values).build();
    }

    private <T> T call(String action, Supplier<T> request) {
        return calls.call(Operation.aws("ec2", action), request);
    }
}
