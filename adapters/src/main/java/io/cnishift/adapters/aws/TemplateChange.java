package io.cnishift.adapters.aws;

import io.cnishift.api.act.CreateTemplateVersion;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateInstanceMetadataOptions;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateInstanceMetadataOptionsRequest;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;
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
     * @throws IllegalArgumentException when the user data cannot take them; the message holds nothing of it
     */
    static RequestLaunchTemplateData of(CreateTemplateVersion act, ResponseLaunchTemplateData source) {
        RequestLaunchTemplateData.Builder data = RequestLaunchTemplateData.builder();
        act.imageId().ifPresent(data::imageId);
        act.hopLimit().ifPresent(hops -> data.metadataOptions(options(source, hops)));
        NodeSettings settings = new NodeSettings(act.maxPods(), act.labels(), act.taints());
        if (!settings.isEmpty()) {
            data.userData(UserDataEdit.edit(source.userData(), settings));
        }
        return data.build();
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
