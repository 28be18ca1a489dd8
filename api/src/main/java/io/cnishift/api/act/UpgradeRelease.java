package io.cnishift.api.act;

import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Installs a Helm release or upgrades it to exactly these values.
 *
 * @param chart reference: repository URL and name, OCI reference or path
 * @param values complete; earlier values are not reused
 */
public record UpgradeRelease(
        String namespace, String name, String chart, String chartVersion, Map<String, Object> values) implements Act {

    public UpgradeRelease {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(name);
        Objects.requireNonNull(chart);
        Objects.requireNonNull(chartVersion);
        values = Tree.copy(values);
    }

    @Override
    public Api api() {
        return Api.HELM;
    }

    @Override
    public String target() {
        return "release " + namespace + "/" + name;
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public List<String> operations() {
        return List.of("helm:upgrade");
    }

    @Override
    public String command(Surroundings at) {
        return Shell.pipe(values, reading("-"));
    }

    /** The same by hand, with the values in a file. */
    public String command(String file) {
        return reading(Shell.word(file));
    }

    private String reading(String file) {
        return "helm -n " + Shell.word(namespace) + " upgrade --install " + Shell.word(name) + " " + chartArguments()
                + " --version " + Shell.word(chartVersion) + " --reset-values -f " + file;
    }

    /** Helm wants the address of a chart repository apart from the chart's name. */
    private String chartArguments() {
        boolean inRepository = chart.startsWith("http") && !chart.endsWith(".tgz");
        int slash = chart.lastIndexOf('/');
        return inRepository
                ? Shell.word(chart.substring(slash + 1)) + " --repo " + Shell.word(chart.substring(0, slash))
                : Shell.word(chart);
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return Optional.of(
                before.isEmpty()
                        ? new UninstallRelease(namespace, name)
                        : new UpgradeRelease(
                                namespace,
                                name,
                                chart,
                                Tree.text(before, "chartVersion").orElse(chartVersion),
                                Tree.map(before, "values")));
    }
}
