package io.cnishift.cilium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class EniValuesTest {

    private static final CiliumVersion VERSION = CiliumVersion.newest();

    @Test
    void eniKeepsAgentsOffNodesWhoseInterfacesTheVpcCniManages() {
        PhaseValues phase = EniValues.secondary(EniInput.of(VERSION));
        assertThat(phase.values().leaves())
                .containsEntry("eni.enabled", true)
                .containsEntry("ipam.mode", "eni")
                .containsEntry("routingMode", "native")
                .containsEntry("enableIPv4Masquerade", false)
                .containsEntry("operator.unmanagedPodWatcher.restart", false)
                .containsEntry("policyEnforcementMode", "never")
                .doesNotContainKeys("egressMasqueradeInterfaces", "eni.iamRole", "eni.subnetTagsFilter");
        assertThat(phase.values().get("affinity").orElseThrow().toString()).contains("io.cilium/aws-node-enabled");
        assertThat(EniValues.steady(EniInput.of(VERSION)).values().get("affinity"))
                .isEmpty();
    }

    @Test
    void eniOptionsBecomeTheirValues() {
        EniInput input = EniInput.of(VERSION)
                .withPrefixes()
                .withMasquerade(EniInput.Masquerade.NODE_ADDRESS)
                .withSubnetTags(List.of("cni=pods"))
                .withIamRole("arn:aws:iam::111122223333:role/operator")
                .withFirstInstalled(CiliumVersion.parse("1.18"));
        assertThat(EniValues.steady(input).values().leaves())
                .containsEntry("eni.awsEnablePrefixDelegation", true)
                .containsEntry("enableIPv4Masquerade", true)
                .containsEntry("egressMasqueradeInterfaces", "ens+")
                .containsEntry("eni.subnetTagsFilter", List.of("cni=pods"))
                .containsEntry("eni.iamRole", "arn:aws:iam::111122223333:role/operator")
                .containsEntry("upgradeCompatibility", "1.18")
                .containsEntry("policyEnforcementMode", "default");
    }

    @Test
    void eniReplacesKubeProxyOnNewNodesFromTheStart() {
        EniInput input = EniInput.of(VERSION).withKubeProxyReplacement(KubeProxyReplacement.NEW_NODES, "api.example");
        for (PhaseValues phase :
                List.of(EniValues.secondary(input), EniValues.steady(input), EniValues.hubble(input))) {
            assertThat(phase.values().leaves())
                    .containsEntry("kubeProxyReplacement", "true")
                    .containsEntry("k8sServiceHost", "api.example");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> EniValues.kubeProxyReplacement(EniInput.of(VERSION)));
    }

    @Test
    void refusesAFirstReleaseThatIsNewerThanTheChart() {
        CiliumVersion old = CiliumVersion.parse("1.18");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EniInput.of(old).withFirstInstalled(VERSION))
                .withMessageContaining("1.20.0");
    }
}
