package io.cnishift.adapters.reach;

import io.cnishift.adapters.FakeTime;
import io.cnishift.adapters.kubernetes.KubernetesSide;
import io.cnishift.adapters.kubernetes.ScriptedServer;
import io.cnishift.adapters.resilience.CallMetrics;
import io.cnishift.adapters.target.ApiServer;
import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.adapters.target.Environment;
import java.util.Map;

/** A scripted API server, and this side's way to it, with a clock that goes on only while somebody waits. */
final class Scripted implements AutoCloseable {

    final ScriptedServer server = new ScriptedServer();
    final FakeTime time = new FakeTime();
    final KubernetesSide side = new KubernetesSide(
            ConnectionSettings.none(),
            new Environment(Map.of()),
            () -> new ApiServer(server.url(), ""),
            () -> () -> "token",
            time,
            new CallMetrics());

    RealReach reach() {
        return RealReach.of(side, side.port(() -> {}), "probes:1", new Environment(Map.of()), time);
    }

    @Override
    public void close() {
        side.close();
        server.close();
    }
}
