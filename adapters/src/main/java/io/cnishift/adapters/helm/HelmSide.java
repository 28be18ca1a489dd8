package io.cnishift.adapters.helm;

import io.cnishift.adapters.kubernetes.KubeApi;
import io.cnishift.adapters.reading.Lazy;
import io.cnishift.adapters.target.Environment;
import io.cnishift.api.port.HelmPort;
import io.cnishift.api.port.KubernetesPort;
import io.cnishift.api.port.TimeSource;
import java.util.function.Supplier;

/** The releases of one cluster. Nothing is contacted and no Helm is looked for before something is asked. */
public final class HelmSide {

    private final HelmChoice choice;
    private final Environment environment;

    public HelmSide(HelmChoice choice, Environment environment) {
        this.choice = choice;
        this.environment = environment;
    }

    /**
     * The port to the releases behind an API server.
     *
     * @param api reads what Helm keeps there
     * @param kubernetes writes there, for a release that Helm left in the middle
     * @param kubeconfig the text of a kubeconfig that leads there, with credentials that are good for now
     */
    public HelmPort port(KubeApi api, KubernetesPort kubernetes, Supplier<String> kubeconfig, TimeSource time) {
        return new RealHelmPort(
                new HelmReader(api),
                new ReleaseHistory(api),
                new Repair(kubernetes, time),
                new HelmAtCluster(helm(), charts(), kubeconfig));
    }

    /** What renders charts without a cluster. */
    public ChartRenderer renderer() {
        return new ChartRenderer(helm(), charts());
    }

    private Lazy<Helm> helm() {
        return new Lazy<>(() -> new HelmFinder(environment, System.getProperties()).find(choice));
    }

    private Charts charts() {
        return new Charts(choice.charts());
    }
}
