package io.cnishift.adapters.aws;

import static io.cnishift.adapters.aws.ClusterRecords.text;

import io.cnishift.api.cluster.NodeGroup.CapacityReservation;
import io.cnishift.api.cluster.NodeGroup.LaunchTemplate;
import io.cnishift.api.cluster.TemplateVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;

/**
 * A launch template version without its user data.
 *
 * @param hasUserData whether it has any
 * @param hopLimit IMDS response hop limit, where it says one
 * @param instanceProfile name or ARN, empty when it names none
 * @param market spot, capacity-block or empty
 * @param reservation id of the capacity reservation that it launches into, or ARN of a group of them; empty when it names none
 */
record Template(
        String id,
        String name,
        long version,
        String description,
        Optional<String> imageId,
        boolean hasUserData,
        UserData userData,
        OptionalInt hopLimit,
        boolean tokensRequired,
        List<String> securityGroups,
        String instanceType,
        String instanceProfile,
        String market,
        String reservation) {

    /** EC2's own default where neither template nor image says another. */
    static final int DEFAULT_HOP_LIMIT = 1;

    Template {
        securityGroups = List.copyOf(securityGroups);
    }

    static Template of(LaunchTemplateVersion ec2, UserData userData) {
        ResponseLaunchTemplateData data = ec2.launchTemplateData();
        var metadata = data.metadataOptions();
        @Nullable Integer hops = metadata == null ? null : metadata.httpPutResponseHopLimit();
        return new Template(
                ec2.launchTemplateId(),
                text(ec2.launchTemplateName()),
                ec2.versionNumber(),
                text(ec2.versionDescription()),
                Optional.ofNullable(data.imageId()),
                data.userData() != null && !data.userData().isBlank(),
                userData,
                hops == null ? OptionalInt.empty() : OptionalInt.of(hops),
                metadata != null && "required".equals(metadata.httpTokensAsString()),
                securityGroups(data),
                text(data.instanceTypeAsString()),
                instanceProfile(data),
                data.instanceMarketOptions() == null
                        ? ""
                        : text(data.instanceMarketOptions().marketTypeAsString()),
                reservation(data));
    }

    private static String reservation(ResponseLaunchTemplateData data) {
        var specification = data.capacityReservationSpecification();
        var target = specification == null ? null : specification.capacityReservationTarget();
        return target == null
                ? ""
                : target.capacityReservationId() == null
                        ? text(target.capacityReservationResourceGroupArn())
                        : target.capacityReservationId();
    }

    private static List<String> securityGroups(ResponseLaunchTemplateData data) {
        List<String> groups = new ArrayList<>(data.securityGroupIds());
        data.networkInterfaces().forEach(i -> groups.addAll(i.groups()));
        return groups.stream().distinct().toList();
    }

    private static String instanceProfile(ResponseLaunchTemplateData data) {
        var profile = data.iamInstanceProfile();
        return profile == null ? "" : profile.name() == null ? text(profile.arn()) : profile.name();
    }

    TemplateVersion record() {
        return new TemplateVersion(
                id,
                version,
                description,
                imageId,
                userData.maxPods(),
                hopLimit.orElse(DEFAULT_HOP_LIMIT),
                userData.labels(),
                userData.taints(),
                securityGroups);
    }

    /** As a node group's template, with the hop limit that its nodes really have. */
    LaunchTemplate inForce(int nodesHopLimit, boolean nodesTokensRequired, OptionalInt reservedFree) {
        return new LaunchTemplate(
                id,
                name,
                version,
                imageId,
                hasUserData,
                nodesHopLimit,
                nodesTokensRequired,
                securityGroups,
                reservation.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new CapacityReservation(reservation, reservedFree)));
    }
}
