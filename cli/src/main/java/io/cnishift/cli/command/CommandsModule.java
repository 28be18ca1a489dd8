package io.cnishift.cli.command;

import com.google.inject.AbstractModule;

/** What several commands share. */
public final class CommandsModule extends AbstractModule {

    @Override
    protected void configure() {
        bind(Asked.class);
        bind(CompareCommand.Comparing.class);
        bind(RunParts.class);
        bind(PlanCommand.Planning.class);
        bind(Marks.class);
    }
}
