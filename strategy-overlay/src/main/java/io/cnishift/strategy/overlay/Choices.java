package io.cnishift.strategy.overlay;

import io.cnishift.api.roll.RollOptions;
import io.cnishift.cilium.CiliumVersion;
import java.util.Optional;
import java.util.OptionalInt;

/** What the strategies of this module let a user choose alike: how nodes are replaced, how pods move, what stays at the end. */
interface Choices extends RollOptions {

    /** Id of the strategy. */
    String strategy();

    /** The choices of an overlay; empty when pods keep addresses of the VPC. */
    Optional<OverlayOptions> overlay();

    /** The choices of addresses from network interfaces; empty with an overlay. */
    Optional<EniOptions> interfaces();

    /** The options, as the record that they are. */
    Record options();

    CiliumVersion ciliumVersion();

    OverlayOptions.KubeProxy kubeProxyReplacement();

    OverlayOptions.Hubble hubble();

    OverlayOptions.PodSecurityGroups securityGroupsForPods();

    OptionalInt imdsHopLimit();

    Optional<String> chart();

    Optional<String> imageRegistry();
}
