package io.cnishift.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.doReturn;

import io.cnishift.api.capacity.Hypervisor;
import io.cnishift.api.capacity.InstanceLimits;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesResponse;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;

final class InstanceRecordsTest {

    @Test
    void countsTheInterfacesOfTheDefaultCardOnly() {
        InstanceTypeInfo info = InstanceTypeInfo.builder()
                .instanceType("p5.48xlarge")
                .hypervisor("nitro")
                .vCpuInfo(v -> v.defaultVCpus(192))
                .networkInfo(n -> n.maximumNetworkInterfaces(64)
                        .ipv4AddressesPerInterface(50)
                        .defaultNetworkCardIndex(0)
                        .networkCards(
                                c -> c.networkCardIndex(0).maximumNetworkInterfaces(2),
                                c -> c.networkCardIndex(1).maximumNetworkInterfaces(2)))
                .build();
        assertThat(InstanceRecords.limits(info, Optional.empty()))
                .contains(new InstanceLimits("p5.48xlarge", 2, 50, Hypervisor.NITRO, false, 192, false, 0));
    }

    @Test
    void saysWhetherAnInstanceHasAPublicAddress() {
        Membership nobody = new Membership(List.of());
        Instance inside = Instance.builder().instanceId("i-1").build();
        assertThat(InstanceRecords.instance(inside, nobody).publicAddress()).isFalse();
        assertThat(InstanceRecords.instance(
                                inside.toBuilder()
                                        .publicIpAddress("198.51.100.7")
                                        .build(),
                                nobody)
                        .publicAddress())
                .isTrue();
    }

    @Test
    void takesBranchInterfacesFromWhatIsKnown() {
        InstanceTypeInfo info = InstanceTypeInfo.builder()
                .instanceType("m5.large")
                .hypervisor("nitro")
                .networkInfo(n -> n.maximumNetworkInterfaces(3).ipv4AddressesPerInterface(10))
                .build();
        InstanceLimits known = new InstanceLimits("m5.large", 3, 10, Hypervisor.NITRO, false, 2, true, 9);
        assertThat(InstanceRecords.limits(info, Optional.of(known))
                        .orElseThrow()
                        .branchEnis())
                .isEqualTo(9);
    }

    @Test
    void takesTheHypervisorOfBareMetalFromWhatIsKnown() {
        InstanceTypeInfo info = InstanceTypeInfo.builder()
                .instanceType("c7g.metal")
                .bareMetal(true)
                .networkInfo(n -> n.maximumNetworkInterfaces(15).ipv4AddressesPerInterface(50))
                .build();
        InstanceLimits known = new InstanceLimits("c7g.metal", 15, 50, Hypervisor.NITRO, true, 64, true, 107);
        assertThat(InstanceRecords.limits(info, Optional.of(known))
                        .orElseThrow()
                        .hypervisor())
                .isEqualTo(Hypervisor.NITRO);
        assertThat(InstanceRecords.limits(info, Optional.empty()).orElseThrow().hypervisor())
                .isEqualTo(Hypervisor.UNKNOWN);
    }

    @Test
    void typesAreReadInPagesOfAHundred() {
        MockAws aws = new MockAws();
        doReturn(DescribeInstanceTypesResponse.builder()
                        .instanceTypes(i -> i.instanceType("m5.large"))
                        .nextToken("2")
                        .build())
                .when(aws.ec2)
                .describeInstanceTypes(argThat((DescribeInstanceTypesRequest r) ->
                        r != null && r.maxResults() == 100 && r.nextToken() == null));
        doReturn(DescribeInstanceTypesResponse.builder()
                        .instanceTypes(i -> i.instanceType("m5.xlarge"))
                        .build())
                .when(aws.ec2)
                .describeInstanceTypes(argThat((DescribeInstanceTypesRequest r) ->
                        r != null && r.maxResults() == 100 && "2".equals(r.nextToken())));
        assertThat(new Ec2Api(aws::ec2, aws.calls()).instanceTypes())
                .extracting(InstanceTypeInfo::instanceTypeAsString)
                .containsExactly("m5.large", "m5.xlarge");
    }

    @Test
    void passesOverATypeWithoutNetworkFacts() {
        assertThat(InstanceRecords.limits(
                        InstanceTypeInfo.builder().instanceType("m5.large").build(), Optional.empty()))
                .isEmpty();
    }
}
