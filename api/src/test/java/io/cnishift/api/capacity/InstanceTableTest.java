package io.cnishift.api.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class InstanceTableTest {

    private final InstanceTable table = InstanceTable.embedded();

    @Test
    void holdsEveryTypeOfItsSources() {
        assertThat(table.all()).hasSize(1391);
        assertThat(table.all()).extracting(InstanceLimits::type).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void knowsEachFactOfAType() {
        assertThat(table.find("m5.large"))
                .contains(new InstanceLimits("m5.large", 3, 10, Hypervisor.NITRO, false, 2, true, 9));
        assertThat(table.find("m5.metal"))
                .contains(new InstanceLimits("m5.metal", 15, 50, Hypervisor.UNKNOWN, true, 96, true, 120));
        assertThat(table.find("x1.16xlarge"))
                .contains(new InstanceLimits("x1.16xlarge", 8, 30, Hypervisor.XEN, false, 64, false, 0));
        assertThat(table.find("m5.humongous")).isEmpty();
    }

    @Test
    void countsTheDefaultCardOfATypeWithManyCards() {
        assertThat(table.find("p5.48xlarge"))
                .hasValueSatisfying(limits -> assertThat(limits.enis()).isEqualTo(2));
    }

    @Test
    void leavesVcpusUnknownOnlyWhereNothingSaysThem() {
        assertThat(table.all())
                .filteredOn(limits -> limits.vcpus() == 0)
                .extracting(InstanceLimits::type)
                .containsExactly("bmn-sf1.metal", "mac-m3ultra.metal");
        assertThat(table.find("m9g.12xlarge"))
                .hasValueSatisfying(limits -> assertThat(limits.vcpus()).isEqualTo(48));
    }

    @Test
    void givesPrefixesToNitroAndBareMetalOnly() {
        assertThat(table.all())
                .filteredOn(limits -> !limits.prefixCapable())
                .allMatch(limits -> limits.hypervisor() != Hypervisor.NITRO)
                .hasSize(82);
        assertThat(table.find("m5.metal")).get().matches(InstanceLimits::prefixCapable);
    }

    @Test
    void suggestsTypesThatAreSpelledAlike() {
        assertThat(table.nearest("m5large")).startsWith("m5.large");
        assertThat(table.nearest("T3.MEDIUN")).startsWith("t3.medium");
        assertThat(table.nearest("m5.lagre")).startsWith("m5.large").hasSize(3);
        assertThat(table.nearest("standard_d4s_v3")).isEmpty();
    }

    @Test
    void canBeMadeOfLiveAnswers() {
        InstanceLimits live = new InstanceLimits("z9.large", 3, 10, Hypervisor.of("Nitro"), false, 2, false, 0);
        assertThat(InstanceTable.of(List.of(live)).find("z9.large")).contains(live);
    }

    @Test
    void refusesImpossibleLimits() {
        assertThatThrownBy(() -> new InstanceLimits("m5.large", 0, 10, Hypervisor.NITRO, false, 2, true, 9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("m5.large");
        assertThatThrownBy(() -> new InstanceLimits(" ", 3, 10, Hypervisor.NITRO, false, 2, true, 9))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writesHypervisorsAsEc2Does() {
        assertThat(Hypervisor.values()).extracting(Hypervisor::toString).containsExactly("nitro", "xen", "unknown");
        assertThat(Hypervisor.of("kvm")).isEqualTo(Hypervisor.UNKNOWN);
    }
}
