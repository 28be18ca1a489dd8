package io.cnishift.api.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MaxPodsTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            t3.micro, 2, 2, 4, 3, 34, 0, nitro
            t3.small, 3, 4, 11, 8, 146, 0, nitro
            t3.medium, 3, 6, 17, 12, 242, 0, nitro
            t3.large, 3, 12, 35, 24, 530, 0, nitro
            t3.xlarge, 4, 15, 58, 44, 898, 0, nitro
            t3.2xlarge, 4, 15, 58, 44, 898, 0, nitro
            t4g.medium, 3, 6, 17, 12, 242, 0, nitro
            t4g.large, 3, 12, 35, 24, 530, 0, nitro
            m4.large, 2, 10, 20, 11, -, 0, xen
            m5.large, 3, 10, 29, 20, 434, 9, nitro
            m5.xlarge, 4, 15, 58, 44, 898, 18, nitro
            m5.2xlarge, 4, 15, 58, 44, 898, 38, nitro
            m5.4xlarge, 8, 30, 234, 205, 3714, 54, nitro
            m5.8xlarge, 8, 30, 234, 205, 3714, 54, nitro
            m5.12xlarge, 8, 30, 234, 205, 3714, 54, nitro
            m5.24xlarge, 15, 50, 737, 688, 11762, 107, nitro
            m6i.large, 3, 10, 29, 20, 434, 9, nitro
            m6i.xlarge, 4, 15, 58, 44, 898, 18, nitro
            m6i.2xlarge, 4, 15, 58, 44, 898, 38, nitro
            m6i.4xlarge, 8, 30, 234, 205, 3714, 54, nitro
            m6i.8xlarge, 8, 30, 234, 205, 3714, 84, nitro
            m7g.medium, 2, 4, 8, 5, 98, 4, nitro
            m7g.large, 3, 10, 29, 20, 434, 9, nitro
            m7i.large, 3, 10, 29, 20, 434, 9, nitro
            m7i.xlarge, 4, 15, 58, 44, 898, 18, nitro
            m7i-flex.large, 3, 10, 29, 20, 434, 3, nitro
            c5.large, 3, 10, 29, 20, 434, 9, nitro
            c5.xlarge, 4, 15, 58, 44, 898, 18, nitro
            c5.4xlarge, 8, 30, 234, 205, 3714, 54, nitro
            c5.9xlarge, 8, 30, 234, 205, 3714, 54, nitro
            c6i.large, 3, 10, 29, 20, 434, 9, nitro
            c6g.medium, 2, 4, 8, 5, 98, 4, nitro
            c6in.32xlarge, 8, 50, 394, 345, 6274, 106, nitro
            c7g.xlarge, 4, 15, 58, 44, 898, 18, nitro
            r5.large, 3, 10, 29, 20, 434, 9, nitro
            r6i.xlarge, 4, 15, 58, 44, 898, 18, nitro
            r7g.2xlarge, 4, 15, 58, 44, 898, 38, nitro
            i3.large, 3, 10, 29, 20, -, 0, xen
            i3en.6xlarge, 8, 30, 234, 205, 3714, 54, nitro
            inf1.6xlarge, 8, 30, 234, 205, 3714, 54, nitro
            g4dn.xlarge, 3, 10, 29, 20, 434, 39, nitro
            g5.xlarge, 4, 15, 58, 44, 898, 4, nitro
            g5.12xlarge, 15, 50, 737, 688, 11762, 107, nitro
            p4d.24xlarge, 15, 50, 737, 688, 11762, 62, nitro
            p5.48xlarge, 2, 50, 100, 51, 1570, 120, nitro
            x1.16xlarge, 8, 30, 234, 205, -, 0, xen
            m5.metal, 15, 50, 737, 688, 11762, 120, unknown
            """)
    void agreesWithThePublishedNumbers(
            String type,
            int enis,
            int ips,
            int secondary,
            int custom,
            @Nullable Integer prefix,
            int branch,
            String hypervisor) {
        InstanceLimits limits = limits(type);

        assertThat(limits.enis()).isEqualTo(enis);
        assertThat(limits.ipv4PerEni()).isEqualTo(ips);
        assertThat(limits.branchEnis()).isEqualTo(branch);
        assertThat(limits.trunking()).isEqualTo(branch > 0);
        assertThat(limits.hypervisor()).hasToString(hypervisor);
        assertThat(MaxPods.of(limits, PodMode.SECONDARY_IP)).hasValue(secondary);
        assertThat(MaxPods.of(limits, PodMode.CUSTOM_NETWORKING)).hasValue(custom);
        assertThat(MaxPods.of(limits, PodMode.PREFIX_DELEGATION))
                .isEqualTo(prefix == null ? OptionalInt.empty() : OptionalInt.of(prefix));
    }

    @ParameterizedTest
    @CsvSource({"m5.large, 290", "t3.medium, 162", "m5.4xlarge, 3250", "p5.48xlarge, 786"})
    void takesAnInterfaceAwayBeforeItCountsPrefixes(String type, int pods) {
        assertThat(MaxPods.of(limits(type), PodMode.CUSTOM_NETWORKING_PREFIX)).hasValue(pods);
    }

    @Test
    void isEmptyForAModeThatTheTypeCannotDo() {
        assertThat(MaxPods.of(limits("m4.large"), PodMode.PREFIX_DELEGATION)).isEmpty();
        assertThat(MaxPods.of(limits("m4.large"), PodMode.CUSTOM_NETWORKING_PREFIX))
                .isEmpty();
        assertThat(MaxPods.of(limits("m4.large"), PodMode.IPV6)).isEmpty();
        assertThat(MaxPods.of(limits("hpc6id.32xlarge"), PodMode.CUSTOM_NETWORKING))
                .isEmpty();
        assertThat(MaxPods.recommended(limits("m4.large"), PodMode.IPV6)).isEmpty();
    }

    @Test
    void takesMaxEniBeforeTheInterfaceOfCustomNetworking() {
        InstanceLimits limits = limits("m5.4xlarge");
        assertThat(MaxPods.of(limits, PodMode.SECONDARY_IP, 2)).hasValue(2 * 29 + 2);
        assertThat(MaxPods.of(limits, PodMode.CUSTOM_NETWORKING, 2)).hasValue(29 + 2);
        assertThat(MaxPods.of(limits, PodMode.CUSTOM_NETWORKING, 1)).isEmpty();
        assertThat(MaxPods.of(limits, PodMode.SECONDARY_IP, 99)).hasValue(234);
        assertThat(MaxPods.of(limits, PodMode.SECONDARY_IP, 0)).hasValue(234);
        assertThat(MaxPods.recommended(limits, PodMode.PREFIX_DELEGATION, 1)).hasValue(110);
        assertThat(MaxPods.recommended(limits, PodMode.SECONDARY_IP, 1)).hasValue(31);
    }

    @ParameterizedTest
    @CsvSource({"30, 110", "31, 250", "2, 110", "96, 250", "0, 110"})
    void recommendsMoreAboveThirtyVcpus(int vcpus, int cap) {
        InstanceLimits limits = new InstanceLimits("z9.huge", 15, 50, Hypervisor.NITRO, false, vcpus, true, 107);
        assertThat(MaxPods.recommended(limits, PodMode.SECONDARY_IP)).hasValue(cap);
        assertThat(MaxPods.recommended(limits, PodMode.PREFIX_DELEGATION)).hasValue(cap);
        assertThat(MaxPods.of(limits, PodMode.OVERLAY)).hasValue(cap);
        assertThat(MaxPods.of(limits, PodMode.IPV6)).hasValue(cap);
    }

    @Test
    void recommendsNoMoreThanFits() {
        assertThat(MaxPods.recommended(limits("t3.medium"), PodMode.SECONDARY_IP))
                .hasValue(17);
        assertThat(MaxPods.of(limits("t3.medium"), PodMode.OVERLAY)).hasValue(110);
        assertThat(MaxPods.of(limits("t3.micro"), PodMode.IPV6)).hasValue(34);
    }

    @Test
    void countsNoHostNetworkPodsInAutoMode() {
        assertThat(MaxPods.autoMode(limits("m5.large"))).isEqualTo(27);
        assertThat(MaxPods.autoMode(limits("m5.4xlarge"))).isEqualTo(110);
    }

    @ParameterizedTest
    @CsvSource({
        "m5.large, 1.9.0, true, false, false, 110",
        "m5.large, 1.9.0, true, false, true, 434",
        "m5.large, 1.9.0, true, true, true, 290",
        "m5.large, 1.8.9, true, false, true, 29",
        "m5.large, 1.20.4-eksbuild.2, true, false, true, 434",
        "m5.large, v2.0.0, true, false, true, 434",
        "m4.large, 1.9.0, true, false, true, 20",
        "m5.metal, 1.9.0, true, false, true, 737",
        "m5.24xlarge, 1.9.0, false, false, false, 250",
        "m5.24xlarge, 1.9.0, false, false, true, 737",
        "m5.24xlarge, 1.9.0, false, true, true, 688",
        "t3.medium, 1.7.5, false, false, false, 17",
    })
    void printsTheNumberOfTheAwsCalculator(
            String type, String cni, boolean prefixes, boolean custom, boolean maxAllowed, int number) {
        CalculatorFlags flags = new CalculatorFlags(cni, OptionalInt.empty(), prefixes, custom, maxAllowed);
        assertThat(MaxPods.calculator(limits(type), flags)).isEqualTo(number);
    }

    @Test
    void limitsTheCalculatorsInterfaces() {
        CalculatorFlags flags = new CalculatorFlags("1.9.0", OptionalInt.of(2), false, true, false);
        assertThat(MaxPods.calculator(limits("m5.4xlarge"), flags)).isEqualTo(31);
        assertThat(MaxPods.calculator(limits("hpc6id.32xlarge"), flags)).isEqualTo(2);
    }

    @Test
    void refusesCalculatorFlagsThatMeanNothing() {
        assertThatThrownBy(() -> new CalculatorFlags("latest", OptionalInt.empty(), false, false, false))
                .hasMessageContaining("'latest' is not a version of the VPC CNI");
        assertThatThrownBy(() -> new CalculatorFlags("1.9.0", OptionalInt.of(0), false, false, false))
                .hasMessageContaining("--cni-max-eni");
    }

    @Test
    void namesModesAsTheOutputDoes() {
        assertThat(PodMode.values())
                .extracting(PodMode::toString)
                .containsExactly(
                        "secondary-ip",
                        "custom-networking",
                        "prefix-delegation",
                        "custom-networking-prefix",
                        "overlay",
                        "ipv6");
    }

    private static InstanceLimits limits(String type) {
        return InstanceTable.embedded().find(type).orElseThrow();
    }
}
