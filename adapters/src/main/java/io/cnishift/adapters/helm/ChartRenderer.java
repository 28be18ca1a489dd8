package io.cnishift.adapters.helm;

import io.cnishift.adapters.reading.Lazy;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.step.InstallRelease;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Optional;

/**
 * Renders charts as Helm will, without a cluster: whether a chart takes the values, which its schema and templates decide.
 *
 * <p>Of Cilium's chart certificates are not rendered as they will be: by default it looks in the cluster whether there are any. For
 * the rendering they come from a job, as the chart knows it, which needs no look.
 */
public final class ChartRenderer {

    private static final String CILIUM = "cilium";
    private static final String[] CERTIFICATES = {"hubble", "tls", "auto", "method"};

    private final Lazy<Helm> helm;
    private final Charts charts;

    ChartRenderer(Lazy<Helm> helm, Charts charts) {
        this.helm = helm;
        this.charts = charts;
    }

    /** Whether the chart of a step is at hand, so that rendering it asks nobody whom the user did not name. */
    public boolean atHand(InstallRelease step) {
        return charts.has(step.chart(), step.chartVersion());
    }

    /**
     * Why the chart of a step does not take its values, in one line; empty when it does.
     *
     * @param kubernetes version of the cluster, as {@code 1.33}
     */
    public Optional<String> problem(InstallRelease step, String kubernetes) {
        ChartRef chart = charts.find(step.chart(), step.chartVersion());
        try (PrivateFolder folder = new PrivateFolder()) {
            HelmCall call = HelmCall.of(
                            HelmCall.Verb.TEMPLATE,
                            step.namespace(),
                            step.release(),
                            chart,
                            folder.write("values.json", Serialization.asJson(values(step))))
                    .forKubernetes(kubernetes);
            String unused = helm.get().run(call);
            return Optional.empty();
        } catch (HelmFailure failure) {
            return Optional.of(failure.line());
        }
    }

    private static Map<String, Object> values(InstallRelease step) {
        boolean looks = ChartRef.of(step.chart(), step.chartVersion()).name().equals(CILIUM)
                && Tree.text(step.values(), CERTIFICATES).orElse("helm").equals("helm");
        return looks ? with(step.values(), 0) : step.values();
    }

    private static Map<String, Object> with(Map<String, Object> tree, int depth) {
        String key = CERTIFICATES[depth];
        boolean last = depth == CERTIFICATES.length - 1;
        return Tree.with(tree, key, last ? "cronJob" : with(Tree.map(tree, key), depth + 1));
    }
}
