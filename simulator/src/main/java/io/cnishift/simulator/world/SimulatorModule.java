package io.cnishift.simulator.world;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import io.cnishift.api.port.WorldFactory;

/** Binds the worlds to rehearse in. */
public final class SimulatorModule extends AbstractModule {

    @Provides
    WorldFactory worlds() {
        return new SimulatedWorlds();
    }
}
