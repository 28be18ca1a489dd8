package io.cnishift.strategy.overlay;

import io.cnishift.cilium.CiliumVersion;
import io.cnishift.cilium.Coexistence;
import io.cnishift.cilium.EniInput;
import io.cnishift.cilium.EniValues;
import io.cnishift.cilium.HubbleLevel;
import io.cnishift.cilium.KubeProxyReplacement;
import io.cnishift.cilium.Migration;
import io.cnishift.cilium.NodeConfig;
import io.cnishift.cilium.OverlayInput;
import io.cnishift.cilium.OverlayValues;
import io.cnishift.cilium.PhaseValues;
import io.cnishift.cilium.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Cilium chart of this migration: which one, and with which values in each phase.
 *
 * @param version the chart's
 * @param series what each phase sets
 * @param takeover what makes new nodes Cilium's while it only stands beside the VPC CNI on old ones
 * @param user the user's values, which every phase is laid over, with the place of the images where they leave it open
 * @param reference where the chart is
 */
record ChartDraft(CiliumVersion version, Series series, Optional<NodeConfig> takeover, Values user, String reference) {

    /**
     * What each phase sets.
     *
     * @param withoutKubeProxy while Cilium serves Services and kube-proxy is still there; empty when it stays, or was never on
     *     new nodes
     * @param kubeProxyRemoved the same once it is gone
     */
    record Series(
            PhaseValues secondary,
            PhaseValues steady,
            Optional<PhaseValues> withoutKubeProxy,
            Optional<PhaseValues> kubeProxyRemoved,
            PhaseValues hubble) {}

    /** That of an overlay; empty when no slice of the pod range can be configured at all. */
    static Optional<ChartDraft> of(Site site, PoolDraft pool) {
        OverlayOptions options = site.options().overlay().orElseThrow();
        if (options.podCidr().prefix() > pool.mask()) {
            return Optional.empty();
        }
        OverlayInput input = OverlayInput.of(options.ciliumVersion(), List.of(options.podCidr()), pool.mask())
                .withCoexistence(site.routed() ? Coexistence.ROUTED : Coexistence.ISOLATED)
                .withHubble(hubble(options.hubble()));
        OverlayInput whole = options.kubeProxyReplacement() == OverlayOptions.KubeProxy.OFF
                ? input
                : input.withKubeProxyReplacement(when(options.kubeProxyReplacement()), host(site));
        boolean after = whole.kubeProxyReplacement() == KubeProxyReplacement.AFTER;
        Values user = user(site);
        return Optional.of(new ChartDraft(
                options.ciliumVersion(),
                new Series(
                        OverlayValues.secondary(whole),
                        OverlayValues.steady(whole),
                        after ? Optional.of(OverlayValues.kubeProxyReplacement(whole)) : Optional.empty(),
                        after ? Optional.of(OverlayValues.kubeProxyRemoved(whole)) : Optional.empty(),
                        OverlayValues.hubble(whole)),
                OverlayValues.ciliumNodeConfig(whole, user),
                user,
                reference(site)));
    }

    /** That of addresses from network interfaces. */
    static ChartDraft of(Site site) {
        EniOptions options = site.options().interfaces().orElseThrow();
        EniInput input = EniInput.of(options.ciliumVersion())
                .withMasquerade(Egress.masquerade(site))
                .withHubble(hubble(options.hubble()));
        EniInput units = options.prefixDelegation() ? input.withPrefixes() : input;
        EniInput acting =
                OperatorRole.of(site).assumed().map(units::withIamRole).orElse(units);
        EniInput whole = options.kubeProxyReplacement() == OverlayOptions.KubeProxy.OFF
                ? acting
                : acting.withKubeProxyReplacement(when(options.kubeProxyReplacement()), host(site));
        boolean after = whole.kubeProxyReplacement() == KubeProxyReplacement.AFTER;
        return new ChartDraft(
                options.ciliumVersion(),
                new Series(
                        EniValues.secondary(whole),
                        EniValues.steady(whole),
                        after ? Optional.of(EniValues.kubeProxyReplacement(whole)) : Optional.empty(),
                        after ? Optional.of(EniValues.kubeProxyRemoved(whole)) : Optional.empty(),
                        EniValues.hubble(whole)),
                Optional.empty(),
                user(site),
                reference(site));
    }

    PhaseValues secondary() {
        return series.secondary();
    }

    PhaseValues steady() {
        return series.steady();
    }

    PhaseValues hubble() {
        return series.hubble();
    }

    /** All phases that the plan installs, first to last. */
    List<PhaseValues> phases() {
        List<PhaseValues> all = new ArrayList<>(List.of(secondary(), steady()));
        series.withoutKubeProxy().ifPresent(all::add);
        series.kubeProxyRemoved().ifPresent(all::add);
        all.add(hubble());
        return all;
    }

    /** The document to install in a phase. A key without a value was refused before a plan is made. */
    @SuppressWarnings("NullAway")
    Map<String, Object> document(PhaseValues phase) {
        return phase.over(user).toMap();
    }

    private static Values user(Site site) {
        return site.images().under(site.values(), hubble(site.options().hubble()));
    }

    private static String reference(Site site) {
        return site.options().chart().orElse(Migration.PUBLISHED_CHART);
    }

    private static KubeProxyReplacement when(OverlayOptions.KubeProxy option) {
        return option == OverlayOptions.KubeProxy.AFTER ? KubeProxyReplacement.AFTER : KubeProxyReplacement.NEW_NODES;
    }

    static HubbleLevel hubble(OverlayOptions.Hubble option) {
        return switch (option) {
            case OFF -> HubbleLevel.AGENT;
            case RELAY -> HubbleLevel.RELAY;
            case UI -> HubbleLevel.UI;
        };
    }

    /** The bare name: with a scheme, a path or a port agents do not start. */
    private static String host(Site site) {
        return site.view().cluster().endpoint().replaceFirst("^[a-z]+://", "").replaceFirst("[:/].*$", "");
    }
}
