package io.cnishift.strategy.overlay;

import io.cnishift.cilium.CiliumVersion;
import io.cnishift.cilium.Coexistence;
import io.cnishift.cilium.HubbleLevel;
import io.cnishift.cilium.KubeProxyReplacement;
import io.cnishift.cilium.Migration;
import io.cnishift.cilium.NodeConfig;
import io.cnishift.cilium.OverlayInput;
import io.cnishift.cilium.OverlayValues;
import io.cnishift.cilium.PhaseValues;
import io.cnishift.cilium.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Cilium chart of this migration: which one, and with which values in each phase.
 *
 * @param input what the values depend on
 * @param user the user's values, which every phase is laid over, with the place of the images where they leave it open
 * @param reference where the chart is
 */
record ChartDraft(OverlayInput input, Values user, String reference) {

    /** Empty when no slice of the pod range can be configured at all. */
    static Optional<ChartDraft> of(Site site, PoolDraft pool) {
        OverlayOptions options = site.options();
        if (options.podCidr().prefix() > pool.mask()) {
            return Optional.empty();
        }
        OverlayInput input = OverlayInput.of(options.ciliumVersion(), List.of(options.podCidr()), pool.mask())
                .withCoexistence(site.routed() ? Coexistence.ROUTED : Coexistence.ISOLATED)
                .withHubble(hubble(options.hubble()));
        OverlayInput whole = options.kubeProxyReplacement() == OverlayOptions.KubeProxy.OFF
                ? input
                : input.withKubeProxyReplacement(
                        when(options.kubeProxyReplacement()),
                        host(site.view().cluster().endpoint()));
        return Optional.of(new ChartDraft(
                whole,
                Images.of(site).under(site.values(), options.hubble()),
                options.chart().orElse(Migration.REPOSITORY_URL + Migration.CHART)));
    }

    CiliumVersion version() {
        return input.version();
    }

    PhaseValues secondary() {
        return OverlayValues.secondary(input);
    }

    PhaseValues steady() {
        return OverlayValues.steady(input);
    }

    PhaseValues withoutKubeProxy() {
        return OverlayValues.kubeProxyReplacement(input);
    }

    PhaseValues kubeProxyRemoved() {
        return OverlayValues.kubeProxyRemoved(input);
    }

    PhaseValues hubble() {
        return OverlayValues.hubble(input);
    }

    Optional<NodeConfig> takeover() {
        return OverlayValues.ciliumNodeConfig(input, user);
    }

    /** All phases that the plan installs, first to last. */
    List<PhaseValues> phases() {
        return input.kubeProxyReplacement() == KubeProxyReplacement.AFTER
                ? List.of(secondary(), steady(), withoutKubeProxy(), kubeProxyRemoved(), hubble())
                : List.of(secondary(), steady(), hubble());
    }

    /** The document to install in a phase. A key without a value was refused before a plan is made. */
    @SuppressWarnings("NullAway")
    Map<String, Object> document(PhaseValues phase) {
        return phase.over(user).toMap();
    }

    private static KubeProxyReplacement when(OverlayOptions.KubeProxy option) {
        return option == OverlayOptions.KubeProxy.AFTER ? KubeProxyReplacement.AFTER : KubeProxyReplacement.NEW_NODES;
    }

    private static HubbleLevel hubble(OverlayOptions.Hubble option) {
        return switch (option) {
            case OFF -> HubbleLevel.AGENT;
            case RELAY -> HubbleLevel.RELAY;
            case UI -> HubbleLevel.UI;
        };
    }

    /** The bare name: with a scheme, a path or a port agents do not start. */
    private static String host(String endpoint) {
        return endpoint.replaceFirst("^[a-z]+://", "").replaceFirst("[:/].*$", "");
    }
}
