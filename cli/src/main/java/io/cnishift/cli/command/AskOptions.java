package io.cnishift.cli.command;

import picocli.CommandLine.Mixin;

/** The options of every command that asks strategies about a cluster. */
final class AskOptions {

    @Mixin
    private TargetOptions target;

    @Mixin
    private IntentOptions intent;

    @Mixin
    private StrategyOptions strategies;

    TargetOptions target() {
        return target;
    }

    IntentOptions intent() {
        return intent;
    }

    StrategyOptions strategies() {
        return strategies;
    }
}
