package io.cnishift.adapters.helm;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/**
 * What Helm is asked to do, once. As a text it is a properties file, which the embedded Helm's process reads without loading
 * anything for it.
 *
 * @param verb what to do
 * @param namespace of the release; empty where there is none
 * @param release its name; empty where there is none
 * @param chart the chart of an install, an upgrade or a rendering
 * @param values file with the complete values
 * @param kubeconfig file that leads to the cluster; empty where none is needed
 * @param kubeVersion version of Kubernetes that a chart is rendered for; empty where the cluster tells
 */
record HelmCall(
        Verb verb,
        String namespace,
        String release,
        Optional<ChartRef> chart,
        Optional<Path> values,
        Optional<Path> kubeconfig,
        Optional<String> kubeVersion) {

    /** What Helm can do for us. */
    enum Verb {
        VERSION,
        INSTALL,
        UPGRADE,
        UNINSTALL,
        TEMPLATE
    }

    HelmCall {
        Objects.requireNonNull(verb);
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(release);
        Objects.requireNonNull(chart);
        Objects.requireNonNull(values);
        Objects.requireNonNull(kubeconfig);
        Objects.requireNonNull(kubeVersion);
    }

    /** Which Helm answers. */
    static HelmCall version() {
        return new HelmCall(
                Verb.VERSION, "", "", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Removes a release. */
    static HelmCall uninstall(String namespace, String release) {
        return new HelmCall(
                Verb.UNINSTALL,
                namespace,
                release,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Brings a chart with complete values into a release, or renders it. */
    static HelmCall of(Verb verb, String namespace, String release, ChartRef chart, Path values) {
        return new HelmCall(
                verb, namespace, release, Optional.of(chart), Optional.of(values), Optional.empty(), Optional.empty());
    }

    /** The same at the cluster that a file leads to. */
    HelmCall at(Path file) {
        return new HelmCall(verb, namespace, release, chart, values, Optional.of(file), kubeVersion);
    }

    /** The same for that version of Kubernetes. */
    HelmCall forKubernetes(String version) {
        return new HelmCall(verb, namespace, release, chart, values, kubeconfig, Optional.of(version));
    }

    /** As a properties file. */
    String text() {
        Properties all = new Properties();
        all.setProperty("verb", verb.name());
        all.setProperty("namespace", namespace);
        all.setProperty("release", release);
        chart.ifPresent(c -> {
            all.setProperty("chart", c.place());
            all.setProperty("chart.version", c.version());
            c.repository().ifPresent(r -> all.setProperty("chart.repository", r));
        });
        values.ifPresent(v -> all.setProperty("values", v.toString()));
        kubeconfig.ifPresent(k -> all.setProperty("kubeconfig", k.toString()));
        kubeVersion.ifPresent(v -> all.setProperty("kubeVersion", v));
        StringWriter text = new StringWriter();
        try {
            all.store(text, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** The call in a file that {@link #text} made. */
    static HelmCall read(Path file) throws IOException {
        Properties all = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            all.load(reader);
        }
        return new HelmCall(
                Verb.valueOf(all.getProperty("verb")),
                all.getProperty("namespace"),
                all.getProperty("release"),
                Optional.ofNullable(all.getProperty("chart"))
                        .map(place -> new ChartRef(
                                place,
                                Optional.ofNullable(all.getProperty("chart.repository")),
                                all.getProperty("chart.version"))),
                Optional.ofNullable(all.getProperty("values")).map(Path::of),
                Optional.ofNullable(all.getProperty("kubeconfig")).map(Path::of),
                Optional.ofNullable(all.getProperty("kubeVersion")));
    }
}
