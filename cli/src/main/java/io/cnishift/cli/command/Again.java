package io.cnishift.cli.command;

import io.cnishift.api.MigrationPlan;
import io.cnishift.engine.plan.StrategyBook;

/**
 * What another process needs again to go on with a migration, as the commands that are printed have it.
 *
 * @param resume options of {@code resume}, each after a space
 * @param rollback options of {@code rollback}
 */
record Again(String resume, String rollback) {

    private static final String RESUME = "cnishift resume";
    private static final String ROLLBACK = "cnishift rollback";

    /** Of a plan whose charts may come from hosts that have to be allowed each time, and with what the run was given. */
    static Again of(MigrationPlan plan, StrategyBook strategies, String given) {
        return new Again(HostOptions.words(plan, strategies) + given, given);
    }

    /** A text with these options in the commands that it names. */
    String in(String text) {
        return text.replace(RESUME, RESUME + resume).replace(ROLLBACK, ROLLBACK + rollback);
    }
}
