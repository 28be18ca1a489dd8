package io.cnishift.cilium;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChartValuesTest {

    private static final CiliumVersion V18 = CiliumVersion.parse("1.18");

    private static final CiliumVersion V19 = CiliumVersion.parse("1.19");

    private static final CiliumVersion V20 = CiliumVersion.parse("1.20");

    @ParameterizedTest
    @CsvSource({
        "1.18, nodePort.enabled, true",
        "1.19, nodePort.enabled, false",
        "1.18, eni.nodeSpec.subnetIDs, false",
        "1.19, eni.nodeSpec.subnetIDs, true",
        "1.19, encryption.strictMode.cidr, true",
        "1.20, encryption.strictMode.cidr, false",
        "1.20, encryption.strictMode.egress.cidr, true",
        "1.20, vpcId, false",
        "1.18, egressMasqueradeInterfaces, true"
    })
    void knowsWhichLineHasAName(String version, String name, boolean there) {
        assertThat(ChartValues.find(CiliumVersion.parse(version), name).isPresent())
                .isEqualTo(there);
    }

    @Test
    void everyLineHasAboutAThousandNamesWithATypeEach() {
        for (CiliumVersion version : CiliumVersion.lines()) {
            assertThat(ChartValues.all(version)).hasSizeBetween(1_050, 1_250);
        }
        assertThat(ChartValues.all(V19).size())
                .isGreaterThan(ChartValues.all(V18).size());
    }

    @Test
    void everyNameThatAnotherLineLacksWasRemovedWithARemedy() {
        Set<String> later = ChartValues.all(V20).keySet();
        assertThat(ChartValues.all(V18).keySet())
                .filteredOn(name -> !later.contains(name))
                .isNotEmpty()
                .allSatisfy(name ->
                        assertThat(ChartValues.removed(V20, name)).as(name).isPresent());
        assertThat(ChartValues.all(V19).keySet())
                .filteredOn(name -> !later.contains(name))
                .isNotEmpty()
                .allSatisfy(name ->
                        assertThat(ChartValues.removed(V20, name)).as(name).isPresent());
    }

    @Test
    void noNameIsBothThereAndRemoved() {
        for (CiliumVersion version : CiliumVersion.lines()) {
            assertThat(ChartValues.all(version).keySet())
                    .allSatisfy(name -> assertThat(ChartValues.removed(version, name))
                            .as(name)
                            .isEmpty());
        }
    }

    @Test
    void everyReplacementThatARemovedValueNamesExists() {
        Pattern name = Pattern.compile("use ([a-zA-Z0-9.]+)");
        assertThat(ChartTable.REMOVED.values()).allSatisfy(row -> {
            var matcher = name.matcher(row.value().remedy());
            if (matcher.find()) {
                assertThat(ChartValues.isKnown(V20, matcher.group(1)))
                        .as(matcher.group(1))
                        .isTrue();
            }
        });
    }

    @Test
    void removalCountsFromItsLineOn() {
        assertThat(ChartValues.removed(V18, "svcSourceRangeCheck")).isEmpty();
        assertThat(ChartValues.removed(V19, "svcSourceRangeCheck")).isPresent();
        assertThat(ChartValues.removed(V20, "clustermesh.apiserver.tls.server.cert"))
                .hasValueSatisfying(value -> {
                    assertThat(value.name()).isEqualTo("clustermesh.apiserver.tls.server");
                    assertThat(value.since()).isEqualTo("1.20");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "podAnnotations.prometheus.io/scrape, true",
        "resources.limits.memory, true",
        "operator.affinity.nodeAffinity.anything, true",
        "nodeSelector.node.kubernetes.io/instance-type, true",
        "extraConfig.some-flag, true",
        "operator.securityContext.runAsUser, true",
        "cni, true",
        "cni.chainingMode, true",
        "cni.chainMode, false",
        "hubble.relay.image.name, false",
        "image.annotations.x, false"
    })
    void knowsNamesInnerMapsAndWhatLiesBelowMapsOfTheUsersOwn(String path, boolean known) {
        assertThat(ChartValues.isKnown(V20, path)).isEqualTo(known);
    }

    @ParameterizedTest
    @CsvSource({
        "kubeProxyReplacment, kubeProxyReplacement",
        "cni.customconf, cni.customConf",
        "hubble.rely.enabled, hubble.relay.enabled",
        "ipam.clusterPoolIPv4PodCIDRList, ipam.operator.clusterPoolIPv4PodCIDRList",
        "routeMode, routingMode"
    })
    void suggestsTheNameThatWasMeant(String misspelt, String meant) {
        assertThat(ChartValues.suggestions(V20, misspelt)).startsWith(meant).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void suggestsNothingForANameLikeNone() {
        assertThat(ChartValues.suggestions(V20, "completelyUnrelatedSetting")).isEmpty();
    }

    @Test
    void keepsDefaultsThatDifferBetweenLines() {
        assertThat(ChartValues.find(V18, "clustermesh.policyDefaultLocalCluster")
                        .flatMap(ValueSpec::defaultText))
                .contains("false");
        assertThat(ChartValues.find(V19, "clustermesh.policyDefaultLocalCluster")
                        .flatMap(ValueSpec::defaultText))
                .contains("true");
        assertThat(ChartValues.find(V20, "image.tag").flatMap(ValueSpec::defaultText))
                .contains("v1.20.0");
        assertThat(ChartValues.find(V20, "bpf.masquerade").flatMap(ValueSpec::defaultText))
                .isEmpty();
        assertThat(ChartValues.find(V20, "k8sServiceHost").flatMap(ValueSpec::defaultText))
                .contains("");
    }

    @Test
    void everyValueWithADefaultScalarAcceptsIt() {
        for (CiliumVersion version : CiliumVersion.lines()) {
            ChartValues.all(version).values().forEach(spec -> {
                String text = spec.defaultText().orElse("");
                if (spec.types().equals(Set.of(ValueType.BOOL)) && !text.isEmpty()) {
                    assertThat(text).as(spec.name()).isIn("true", "false");
                }
                if (spec.types().equals(Set.of(ValueType.INT)) && !text.isEmpty()) {
                    assertThat(text).as(spec.name()).matches("-?\\d+");
                }
            });
        }
    }
}
