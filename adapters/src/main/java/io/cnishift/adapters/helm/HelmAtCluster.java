package io.cnishift.adapters.helm;

import io.cnishift.adapters.reading.Lazy;
import io.cnishift.api.act.UpgradeRelease;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Helm with the cluster it works on. Each call gets a kubeconfig of its own, made from the very configuration that everything else
 * reaches the cluster with, and its values in a file; both are readable by nobody else and gone when it ends.
 */
final class HelmAtCluster {

    private final Lazy<Helm> helm;
    private final Charts charts;
    private final Supplier<String> kubeconfig;

    /**
     * Helm at a cluster.
     *
     * @param helm looked for when it is first needed
     * @param kubeconfig the text of a kubeconfig whose credentials are good for now
     */
    HelmAtCluster(Lazy<Helm> helm, Charts charts, Supplier<String> kubeconfig) {
        this.helm = helm;
        this.charts = charts;
        this.kubeconfig = kubeconfig;
    }

    /** Installs or upgrades the release of an act. */
    void put(HelmCall.Verb verb, UpgradeRelease act, Map<String, Object> values) {
        ChartRef chart = charts.find(act.chart(), act.chartVersion());
        try (PrivateFolder folder = new PrivateFolder()) {
            run(
                    HelmCall.of(
                            verb,
                            act.namespace(),
                            act.name(),
                            chart,
                            folder.write("values.json", Serialization.asJson(values))),
                    folder);
        }
    }

    void uninstall(String namespace, String name) {
        try (PrivateFolder folder = new PrivateFolder()) {
            run(HelmCall.uninstall(namespace, name), folder);
        }
    }

    private void run(HelmCall call, PrivateFolder folder) {
        String unused = helm.get().run(call.at(folder.write("kubeconfig", kubeconfig.get())));
    }
}
