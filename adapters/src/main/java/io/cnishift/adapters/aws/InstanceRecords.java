package io.cnishift.adapters.aws;

import static io.cnishift.adapters.aws.ClusterRecords.text;

import io.cnishift.api.capacity.Hypervisor;
import io.cnishift.api.capacity.InstanceLimits;
import io.cnishift.api.cluster.Instance;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.NetworkCardInfo;
import software.amazon.awssdk.services.ec2.model.NetworkInfo;

/** Instances and instance types as records. Pure. */
final class InstanceRecords {

    private InstanceRecords() {}

    static Instance instance(software.amazon.awssdk.services.ec2.model.Instance ec2, Membership membership) {
        Map<String, String> tags = Tags.of(ec2.tags());
        var metadata = ec2.metadataOptions();
        var member = membership.member(ec2.instanceId());
        return new Instance(
                ec2.instanceId(),
                text(ec2.instanceTypeAsString()),
                ec2.placement() == null ? "" : text(ec2.placement().availabilityZone()),
                text(ec2.subnetId()),
                membership.groupOf(ec2.instanceId(), tags),
                ec2.state() == null ? "" : text(ec2.state().nameAsString()),
                text(ec2.privateIpAddress()),
                text(ec2.imageId()),
                metadata == null || metadata.httpPutResponseHopLimit() == null
                        ? Template.DEFAULT_HOP_LIMIT
                        : metadata.httpPutResponseHopLimit(),
                ec2.securityGroups().stream().map(GroupIdentifier::groupId).toList(),
                ec2.launchTime() == null ? Instant.EPOCH : ec2.launchTime(),
                version(member.map(m -> m.launchTemplate())
                        .map(template -> template.version())
                        .orElse(tags.getOrDefault("aws:ec2launchtemplate:version", ""))),
                member.map(m -> Boolean.TRUE.equals(m.protectedFromScaleIn())).orElse(false),
                !text(ec2.publicIpAddress()).isEmpty());
    }

    private static OptionalLong version(String text) {
        return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /**
     * The limits of a type; empty when EC2 tells no network facts. EC2 tells nothing about branch interfaces, and no hypervisor
     * of most bare metal types: those are taken from what is known.
     */
    static Optional<InstanceLimits> limits(InstanceTypeInfo info, Optional<InstanceLimits> known) {
        NetworkInfo network = info.networkInfo();
        if (network == null || network.ipv4AddressesPerInterface() == null) {
            return Optional.empty();
        }
        int enis = interfaces(network);
        if (enis < 1 || network.ipv4AddressesPerInterface() < 1) {
            return Optional.empty();
        }
        return Optional.of(new InstanceLimits(
                info.instanceTypeAsString(),
                enis,
                network.ipv4AddressesPerInterface(),
                info.hypervisorAsString() == null
                        ? known.map(InstanceLimits::hypervisor).orElse(Hypervisor.UNKNOWN)
                        : Hypervisor.of(info.hypervisorAsString()),
                Boolean.TRUE.equals(info.bareMetal()),
                info.vCpuInfo() == null || info.vCpuInfo().defaultVCpus() == null
                        ? 0
                        : info.vCpuInfo().defaultVCpus(),
                known.map(InstanceLimits::trunking).orElse(false),
                known.map(InstanceLimits::branchEnis).orElse(0)));
    }

    /** Interfaces of the default card: the VPC CNI uses no other for pods, and the type's total counts all cards. */
    private static int interfaces(NetworkInfo network) {
        int total = network.maximumNetworkInterfaces() == null ? 0 : network.maximumNetworkInterfaces();
        if (network.networkCards().size() < 2 || network.defaultNetworkCardIndex() == null) {
            return total;
        }
        return network.networkCards().stream()
                .filter(card -> network.defaultNetworkCardIndex().equals(card.networkCardIndex()))
                .map(NetworkCardInfo::maximumNetworkInterfaces)
                .findFirst()
                .orElse(total);
    }
}
