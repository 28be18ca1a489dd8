package io.cnishift.cilium;

/** Keys of Hubble, which every strategy leaves to its last phase. */
final class HubbleKeys {

    private HubbleKeys() {}

    /** Before the last phase: no pod of Hubble's own. */
    static PhaseValues agentsOnly(PhaseValues values) {
        return values.own("hubble.relay.enabled", false, "the relay is added at the end, by its own phase")
                .own("hubble.ui.enabled", false, "the web interface is added at the end, by its own phase");
    }

    /** In the last phase: what the migration's option says. */
    static PhaseValues last(PhaseValues values, HubbleLevel level) {
        return values.own("hubble.enabled", true, "the relay asks the flow buffers of the agents")
                .own(
                        "hubble.relay.enabled",
                        level != HubbleLevel.AGENT,
                        "the migration's Hubble option decides whether the relay runs")
                .own(
                        "hubble.ui.enabled",
                        level == HubbleLevel.UI,
                        "the migration's Hubble option decides whether the web interface runs");
    }
}
