package io.cnishift.cilium;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.capacity.Cidr;
import io.cnishift.api.plan.Supplies;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MeshMemberTest {

    private static final CiliumVersion V20 = CiliumVersion.newest();
    private static final Values POOL = Values.empty()
            .with("routingMode", "tunnel")
            .with("ipam.mode", "cluster-pool")
            .with("ipam.operator.clusterPoolIPv4PodCIDRList", List.of("10.244.0.0/16"));

    @Test
    void aClusterThatNobodyNamedIsNoMember() {
        MeshMember member = MeshMember.of(V20, POOL);

        assertThat(member.named()).isFalse();
        assertThat(member.name() + " " + member.id() + " " + member.size()).isEqualTo("default 0 255");
        assertThat(MeshMember.of(V20, POOL.with("cluster.name", "blue").with("cluster.id", 7))
                        .named())
                .isTrue();
    }

    @Test
    void saysHowPacketsGoAndWherePodsAre() {
        assertThat(MeshMember.of(V20, POOL).datapath()).isEqualTo("a tunnel (vxlan, port 8472)");
        assertThat(MeshMember.of(V20, POOL.with("tunnelProtocol", "geneve")).datapath())
                .isEqualTo("a tunnel (geneve, port 6081)");
        MeshMember eni = MeshMember.of(V20, Values.empty().with("eni.enabled", true));
        assertThat(eni.datapath()).isEqualTo("native routing");
        assertThat(eni.pods()).isEmpty();
        assertThat(MeshMember.of(V20, POOL).pods()).containsExactly(Cidr.parse("10.244.0.0/16"));
        assertThat(MeshMember.of(V20, Values.empty()).pods()).containsExactly(Cidr.parse("10.0.0.0/8"));
    }

    @Test
    void knowsWhetherPacketsKeepTheAddressOfTheirPod() {
        List<Cidr> one = List.of(Cidr.parse("10.20.0.0/16"));
        List<Cidr> two = List.of(Cidr.parse("10.20.0.0/16"), Cidr.parse("100.64.0.0/16"));
        Values off = Values.empty().with("eni.enabled", true);
        Values on = off.with("enableIPv4Masquerade", true);

        assertThat(natively(off).vpc()).isTrue();
        assertThat(natively(off).keepsSourceTo(two)).isTrue();
        assertThat(natively(on).keepsSourceTo(one)).isTrue();
        assertThat(natively(on).keepsSourceTo(two)).isFalse();
        NativeRouting ranged = natively(on.with("ipv4NativeRoutingCIDR", "10.0.0.0/8"));
        assertThat(ranged.keepsSourceTo(one)).isTrue();
        assertThat(ranged.keepsSourceTo(two)).isFalse();
        assertThat(natively(POOL.with("routingMode", "native")).vpc()).isFalse();
        assertThat(MeshMember.of(V20, POOL).natively()).isEmpty();
    }

    private static NativeRouting natively(Values values) {
        return MeshMember.of(V20, values).natively().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 1", "200, 1"})
    void anotherOneHasTheLowestOtherNumber(int id, int free) {
        assertThat(MeshMember.of(V20, POOL.with("cluster.name", "blue").with("cluster.id", id))
                        .freeId())
                .isEqualTo(free);
    }

    @Test
    void knowsWhetherItIsInAMeshAlready() {
        Values enabled = POOL.with("clustermesh.config.enabled", true);

        assertThat(MeshMember.of(V20, enabled).connected()).isFalse();
        assertThat(MeshMember.of(V20, enabled.with("clustermesh.config.clusters", List.of(Map.of("name", "red"))))
                        .connected())
                .isTrue();
        assertThat(MeshMember.of(V20, enabled.with("clustermesh.config.clusters.red.port", 2379))
                        .connected())
                .isTrue();
    }

    @Test
    void anAuthorityOfSomebodyElseIsNotTheCharts() {
        assertThat(MeshMember.of(V20, POOL).chartSigns()).isTrue();
        assertThat(MeshMember.of(V20, POOL.with("clustermesh.apiserver.tls.auto.method", "certmanager"))
                        .chartSigns())
                .isFalse();
        assertThat(MeshMember.of(V20, POOL.with("tls.ca.cert", "LS0t")).chartSigns())
                .isFalse();
    }

    @Test
    void hubblesCertificatesMatterWhereHubbleHasSome() {
        Values theirs = POOL.with("hubble.tls.auto.method", "certmanager");

        assertThat(MeshMember.of(V20, theirs).chartSigns()).isFalse();
        assertThat(MeshMember.of(V20, theirs.with("hubble.enabled", false)).chartSigns())
                .isTrue();
        assertThat(MeshMember.of(V20, theirs.with("hubble.tls.enabled", false)).chartSigns())
                .isTrue();
    }

    @Test
    void itsImageComesFromBesideThatOfTheAgents() {
        Values copied = MeshValues.open(POOL.with("image.repository", "registry.example.com/cni/cilium"), List.of());

        assertThat(copied.text("clustermesh.apiserver.image.repository"))
                .contains("registry.example.com/cni/clustermesh-apiserver");
        assertThat(MeshValues.open(POOL, List.of()).get("clustermesh.apiserver.image"))
                .isEmpty();
        assertThat(new CiliumSupplies(
                                V20,
                                ChartImage.Part.OPERATOR_GENERIC,
                                HubbleLevel.AGENT,
                                Optional.empty(),
                                List.of(ChartImage.Part.MESH))
                        .supplies(Map.of(), Optional.empty())
                        .images())
                .extracting(Supplies.Image::image)
                .contains("quay.io/cilium/clustermesh-apiserver:v1.20.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.18", "1.19", "1.20"})
    void theValuesOfAMeshAreThoseThatTheLineHas(String line) {
        CiliumVersion version = CiliumVersion.parse(line);
        Values open = MeshValues.open(MeshValues.named(POOL, "blue", 1, 255), List.of(Cidr.parse("10.20.0.0/16")));
        Values connected = MeshValues.connected(version, open, "a.elb.amazonaws.com", "green", "b.elb.amazonaws.com");

        assertThat(ValueCheck.check(version, connected))
                .filteredOn(p -> p.severity() == ValueProblem.Severity.ERROR)
                .isEmpty();
        assertThat(MeshMember.of(version, open).connected()).isFalse();
        assertThat(MeshMember.of(version, connected).connected()).isTrue();
        assertThat(connected.get("clustermesh.config.clusters"))
                .contains(List.of(Map.of("name", "green", "address", "b.elb.amazonaws.com", "port", 2379)));
    }
}
