package io.cnishift.adapters.aws;

import io.cnishift.api.act.CreateTemplateVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateInstanceMetadataOptions;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateInstanceMetadataOptionsRequest;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateTagSpecification;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateTagSpecificationRequest;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;

/**
 * What a new launch template version says differently. A thing that is named replaces the source's whole, so that metadata
 * options and user data are read from the source and changed.
 */
final class TemplateChange {

    private TemplateChange() {}

    /**
     * The differences of that act.
     *
     * @param joins the cluster that its nodes join, where the act says so; beside an image only, for EKS tells the others
     *
     * @throws IllegalArgumentException when the user data cannot take them; the message holds nothing of it
     */
    static RequestLaunchTemplateData of(
            CreateTemplateVersion act, ResponseLaunchTemplateData source, Optional<JoinedCluster> joins) {
        RequestLaunchTemplateData.Builder data = RequestLaunchTemplateData.builder();
        act.imageId().ifPresent(data::imageId);
        act.hopLimit().ifPresent(hops -> data.metadataOptions(options(source, hops)));
        boolean ownImage = act.imageId().isPresent() || source.imageId() != null;
        NodeSettings settings =
                new NodeSettings(act.maxPods(), act.labels(), act.taints(), joins.filter(cluster -> ownImage));
        if (!settings.isEmpty()) {
            data.userData(UserDataEdit.edit(source.userData(), settings));
        }
        if (!act.tags().isEmpty()) {
            data.tagSpecifications(tagged(act.tags(), source.tagSpecifications()));
        }
        return data.build();
    }

    /** The source's tags for instances and volumes with more over them; those for other things as they are. */
    private static List<LaunchTemplateTagSpecificationRequest> tagged(
            Map<String, String> more, List<LaunchTemplateTagSpecification> source) {
        Map<String, Map<String, String>> byType = new LinkedHashMap<>();
        source.forEach(spec -> byType.computeIfAbsent(spec.resourceTypeAsString(), type -> new LinkedHashMap<>())
                .putAll(Tags.of(spec.tags())));
        Stream.of(ResourceType.INSTANCE, ResourceType.VOLUME)
                .forEach(type -> byType.computeIfAbsent(type.toString(), t -> new LinkedHashMap<>())
                        .putAll(more));
        return byType.entrySet().stream()
                .map(of -> LaunchTemplateTagSpecificationRequest.builder()
                        .resourceType(of.getKey())
                        .tags(Tags.written(of.getValue()))
                        .build())
                .toList();
    }

    private static LaunchTemplateInstanceMetadataOptionsRequest options(ResponseLaunchTemplateData source, int hops) {
        LaunchTemplateInstanceMetadataOptionsRequest.Builder options =
                LaunchTemplateInstanceMetadataOptionsRequest.builder().httpPutResponseHopLimit(hops);
        LaunchTemplateInstanceMetadataOptions old = source.metadataOptions();
        if (old != null) {
            options.httpTokens(old.httpTokensAsString())
                    .httpEndpoint(old.httpEndpointAsString())
                    .httpProtocolIpv6(old.httpProtocolIpv6AsString())
                    .instanceMetadataTags(old.instanceMetadataTagsAsString());
        }
        return options.build();
    }
}
