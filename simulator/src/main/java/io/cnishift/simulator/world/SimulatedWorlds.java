package io.cnishift.simulator.world;

import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.port.World;
import io.cnishift.api.port.WorldFactory;

/** Opens a simulated cluster for every snapshot. */
public final class SimulatedWorlds implements WorldFactory {

    @Override
    public World open(ClusterSnapshot snapshot, Settings settings) {
        Faults.require(settings.faults());
        Simulation simulation = Simulation.open(snapshot, settings);
        return RefusedActs.over(simulation.world(), simulation.kernel());
    }

    @Override
    public World open(ClusterSnapshot snapshot, ClusterSnapshot second, Settings settings) {
        Faults.require(settings.faults());
        Simulation simulation = Simulation.pair(snapshot, second, settings);
        return RefusedActs.over(simulation.world(), simulation.kernel());
    }
}
