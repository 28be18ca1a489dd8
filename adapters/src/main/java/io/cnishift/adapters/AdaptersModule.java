package io.cnishift.adapters;

import com.google.inject.AbstractModule;
import io.cnishift.adapters.resilience.CallMetrics;
import java.util.Objects;

/** Binds what the commands need of real clusters. Whoever makes the {@link RealWorlds} closes it. */
public final class AdaptersModule extends AbstractModule {

    private final RealWorlds worlds;

    public AdaptersModule(RealWorlds worlds) {
        this.worlds = Objects.requireNonNull(worlds);
    }

    @Override
    protected void configure() {
        bind(RealWorlds.class).toInstance(worlds);
        bind(CallMetrics.class).toInstance(worlds.metrics());
    }
}
